package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.function.Function;

/** Simpler operators in place of one that they define. */
final class Composition {
  private final Function<Node, List<Value>> simple;

  /**
   * @param simple imports a simpler operator
   */
  Composition(Function<Node, List<Value>> simple) {
    this.simple = simple;
  }

  /** The result of a simpler operator, named after the node it is part of. */
  Value compute(Node whole, String operator, List<Value> inputs, AttributeProto... attributes) {
    return compute(whole, whole.opset(), operator, inputs, List.of(attributes));
  }

  /** The same with the operator as another set of operators has it. */
  Value compute(
      Node whole,
      long opset,
      String operator,
      List<Value> inputs,
      List<AttributeProto> attributes) {
    NodeProto proto =
        NodeProto.newBuilder()
            .setName(whole.label() + "." + operator)
            .setOpType(operator)
            .addAllAttribute(attributes)
            .addOutput("")
            .build();
    return simple.apply(new Node(proto, opset, inputs)).get(0);
  }

  Value reshape(Node whole, Value x, int... dims) {
    return compute(whole, "Reshape", List.of(x, Tensor.integers(dims)));
  }

  /** A value that is read more than once. */
  static Value shared(Value value) {
    return value instanceof Signal signal ? signal.readOnce(false) : value;
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
