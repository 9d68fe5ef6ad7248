package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;

/**
 * A node of the graph with what it reads.
 *
 * @param opset version of the operator set
 * @param inputs in the order of the node, null where an optional one is left out
 */
record Node(NodeProto proto, long opset, List<Value> inputs) {
  private static final int LONGEST = 100;

  /** The operator, with its domain where that is not the standard one. */
  String operator() {
    return operator(proto);
  }

  static String operator(NodeProto proto) {
    String domain = proto.getDomain();
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    return cut(standard ? proto.getOpType() : domain + "." + proto.getOpType());
  }

  /** Its name; where it has none, that of its first output. */
  static String label(NodeProto proto) {
    if (!proto.getName().isEmpty()) {
      return cut(proto.getName());
    }
    return proto.getOutputCount() == 0 ? "" : cut(proto.getOutput(0));
  }

  String label() {
    return label(proto);
  }

  /** Names in messages are kept short, whatever a file holds. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  /** Whether input {@code i} is given. */
  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  Value input(int i) {
    if (!has(i)) {
      throw new RefusedNodeException("input " + i + " is missing");
    }
    return inputs.get(i);
  }

  Signal signal(int i) {
    return Layers.signal(input(i));
  }

  /** An input that has to be known at import. */
  Tensor constant(int i) {
    if (input(i) instanceof Tensor tensor) {
      return tensor;
    }
    throw new RefusedNodeException(
        "input " + i + " is computed by the network, allowed here: constants");
  }

  Optional<Tensor> optionalConstant(int i) {
    return has(i) ? Optional.of(constant(i)) : Optional.empty();
  }

  private AttributeProto find(String name, AttributeProto.AttributeType type) {
    for (AttributeProto attribute : proto.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        if (attribute.getType() != type
            && attribute.getType() != AttributeProto.AttributeType.UNDEFINED) {
          throw new RefusedNodeException(
              "attribute '" + name + "' is of type " + attribute.getType() + ", allowed: " + type);
        }
        return attribute;
      }
    }
    return null;
  }

  long integer(String name, long absent) {
    AttributeProto found = find(name, AttributeProto.AttributeType.INT);
    return found == null ? absent : found.getI();
  }

  double real(String name, double absent) {
    AttributeProto found = find(name, AttributeProto.AttributeType.FLOAT);
    return found == null ? absent : found.getF();
  }

  String text(String name, String absent) {
    AttributeProto found = find(name, AttributeProto.AttributeType.STRING);
    return found == null ? absent : cut(found.getS().toStringUtf8());
  }

  Optional<long[]> integers(String name) {
    AttributeProto found = find(name, AttributeProto.AttributeType.INTS);
    return found == null
        ? Optional.empty()
        : Optional.of(found.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  Optional<List<Float>> reals(String name) {
    AttributeProto found = find(name, AttributeProto.AttributeType.FLOATS);
    return Optional.ofNullable(found).map(AttributeProto::getFloatsList);
  }

  List<String> texts(String name) {
    AttributeProto found = find(name, AttributeProto.AttributeType.STRINGS);
    return found == null
        ? List.of()
        : found.getStringsList().stream().map(text -> cut(text.toStringUtf8())).toList();
  }

  Optional<TensorProto> tensor(String name) {
    return Optional.ofNullable(find(name, AttributeProto.AttributeType.TENSOR))
        .map(AttributeProto::getT);
  }

  GraphProto graph(String name) {
    AttributeProto found = find(name, AttributeProto.AttributeType.GRAPH);
    if (found == null) {
      throw new RefusedNodeException("attribute '" + name + "' is missing");
    }
    return found.getG();
  }

  /** Integers given as an attribute in old operator sets and as a constant input in new ones. */
  Optional<long[]> integers(String attribute, int input) {
    Optional<long[]> given = integers(attribute);
    return given.isPresent() ? given : optionalConstant(input).map(Tensor::toIntegers);
  }

  /** Refuses an attribute whose value changes what the node computes. */
  void require(String name, long allowed) {
    long found = integer(name, allowed);
    if (found != allowed) {
      throw new RefusedNodeException(
          "attribute '" + name + "' is " + found + ", allowed: " + allowed);
    }
  }
}
