package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shapes of results that the host computes. */
final class HostShapes {
  /** Operators that keep the shape of their first input. */
  private static final Set<String> KEEPING =
      Set.of(
          "Cast",
          "LayerNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "RMSNormalization",
          "LRN",
          "LpNormalization",
          "MeanVarianceNormalization",
          "QuantizeLinear",
          "DequantizeLinear",
          "CumSum",
          "Round",
          "Floor",
          "Ceil",
          "Sign",
          "Sin",
          "Cos",
          "Tan",
          "Gelu",
          "Mish",
          "Selu",
          "Celu",
          "ThresholdedRelu",
          "Softsign",
          "Hardmax",
          "Not");

  /** Operators that broadcast their inputs. */
  private static final Set<String> BROADCASTING =
      Set.of(
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "And",
          "Or",
          "Xor",
          "Mod",
          "Where");

  private HostShapes() {}

  /** What the file states, or what the operator is known to keep. */
  static Optional<int[]> of(Node node, ValueInfoProto info) {
    if (info != null && info.getType().getTensorType().hasShape()) {
      List<Dimension> dims = info.getType().getTensorType().getShape().getDimList();
      int[] stated = new int[dims.size()];
      for (int axis = 0; axis < stated.length; axis++) {
        long extent = dims.get(axis).getDimValue();
        // One image where the number of images is open.
        stated[axis] = extent < 1 && axis == 0 ? 1 : (int) Math.min(extent, Dims.LARGEST + 1L);
      }
      if (Arrays.stream(stated).allMatch(extent -> extent > 0) && small(stated)) {
        return Optional.of(stated);
      }
    }
    if (KEEPING.contains(node.operator()) && node.has(0) && node.input(0) instanceof Signal x) {
      return Optional.of(x.dims());
    }
    if (BROADCASTING.contains(node.operator())) {
      return broadcast(node);
    }
    return Optional.empty();
  }

  private static Optional<int[]> broadcast(Node node) {
    int[] dims = new int[0];
    for (Value input : node.inputs()) {
      if (input == null || input instanceof Value.Unknown) {
        return Optional.empty();
      }
      dims = Dims.broadcast(dims, input.dims());
    }
    return Arrays.stream(dims).allMatch(extent -> extent > 0) && small(dims)
        ? Optional.of(dims)
        : Optional.empty();
  }

  private static boolean small(int[] dims) {
    return Arrays.stream(dims).asDoubleStream().reduce(1, (a, b) -> a * b) <= Dims.LARGEST;
  }
}
