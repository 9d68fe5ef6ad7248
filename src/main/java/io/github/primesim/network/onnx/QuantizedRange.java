package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;

/** The integers that a node QuantizeLinear rounds to. */
record QuantizedRange(double least, double most) {
  /** That of its zero point, or the one it names; bytes without a sign where it says nothing. */
  static QuantizedRange of(Node node) {
    node.require("block_size", 0);
    TensorProto.DataType named =
        TensorProto.DataType.forNumber((int) node.integer("output_dtype", 0));
    TensorProto.DataType type =
        named != null && named != TensorProto.DataType.UNDEFINED
            ? named
            : TensorProto.DataType.UINT8;
    if (node.has(2)) {
      type =
          node.constant(2)
              .type()
              .orElseThrow(
                  () ->
                      new RefusedNodeException(
                          "its zero point is computed, allowed: a constant of the file"));
    }
    return switch (type) {
      case INT8 -> new QuantizedRange(Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT8 -> new QuantizedRange(0, 255);
      case INT16 -> new QuantizedRange(Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> new QuantizedRange(0, 65535);
      default ->
          throw new RefusedNodeException(
              "it rounds to " + type + ", allowed: INT8, UINT8, INT16, UINT16");
    };
  }
}
