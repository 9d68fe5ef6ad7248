package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.Composition.integer;
import static io.github.primesim.network.onnx.Composition.ints;
import static io.github.primesim.network.onnx.Composition.shared;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Operators that ONNX itself defines by simpler ones, which are imported in their place: other
 * normalisations than that of batches, and norms.
 *
 * <p>Source: the function bodies and formulas of ONNX's operator schemas.
 */
final class CompositeOperators {
  /** What a sum that is not zero is hardly below, and what has a reciprocal. */
  private static final double SMALLEST = 1e-37;

  private final Composition composition;

  CompositeOperators(Composition composition) {
    this.composition = composition;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "LayerNormalization" -> layerNormalization(node);
          case "RMSNormalization" -> rootMeanSquare(node);
          case "InstanceNormalization" -> instanceNormalization(node);
          case "GroupNormalization" -> groupNormalization(node);
          case "MeanVarianceNormalization" ->
              normalised(node, node.input(0), node.integers("axes").orElse(axes(0, 2, 3)), 1e-9);
          case "LpNormalization" -> norm(node);
          case "ai.onnx.ml.Normalizer" -> normalizer(node);
          case "LogSoftmax" -> logSoftmax(node);
          case "LRN" -> localResponse(node);
          case "ReduceL1" -> reduced(node, compute(node, "Abs", List.of(node.input(0))));
          case "ReduceL2" ->
              compute(node, "Sqrt", List.of(reduced(node, squares(node, node.input(0)))));
          case "ReduceSumSquare" -> reduced(node, squares(node, node.input(0)));
          case "ReduceMin" -> least(node);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  // ---------------------------------------------------------------- normalisations

  private Value layerNormalization(Node node) {
    Value result = normalised(node, node.input(0), fromAxis(node), node.real("epsilon", 1e-5));
    return scaled(node, result, node.input(1), node.has(2) ? node.input(2) : null);
  }

  private Value rootMeanSquare(Node node) {
    Value x = shared(node.input(0));
    Value mean = mean(node, squares(node, x), fromAxis(node));
    return scaled(node, divided(node, x, mean, node.real("epsilon", 1e-5)), node.input(1), null);
  }

  private Value instanceNormalization(Node node) {
    int rank = node.input(0).dims().length;
    if (rank < 3) {
      throw new RefusedNodeException(
          "it reads the shape "
              + Dims.text(node.input(0).dims())
              + ", allowed: 1 x channels x places");
    }
    long[] places = LongStream.range(2, rank).toArray();
    Value result = normalised(node, node.input(0), places, node.real("epsilon", 1e-5));
    return scaled(
        node, result, channels(node, node.input(1), rank), channels(node, node.input(2), rank));
  }

  private Value groupNormalization(Node node) {
    int[] dims = node.input(0).dims();
    long groups = node.integer("num_groups", 0);
    if (dims.length < 3 || groups < 1 || dims[1] % groups != 0) {
      throw new RefusedNodeException(
          "num_groups is " + groups + " for the shape " + Dims.text(dims));
    }
    Value inGroups = reshape(node, node.input(0), dims[0], (int) groups, -1);
    Value result = normalised(node, inGroups, axes(2), node.real("epsilon", 1e-5));
    Value scale = node.input(1);
    Value shift = node.input(2);
    boolean eachChannel = node.opset() >= 21;
    if (!eachChannel) {
      result = scaled(node, result, channels(node, scale, 3), channels(node, shift, 3));
    }
    result = reshape(node, result, dims);
    return eachChannel
        ? scaled(
            node, result, channels(node, scale, dims.length), channels(node, shift, dims.length))
        : result;
  }

  /** (x - mean) / sqrt(variance + epsilon). */
  private Value normalised(Node node, Value input, long[] axes, double epsilon) {
    Value x = shared(input);
    Value difference = shared(compute(node, "Sub", List.of(x, mean(node, x, axes))));
    Value variance = mean(node, squares(node, difference), axes);
    return divided(node, difference, variance, epsilon);
  }

  /** x / sqrt(square + epsilon). */
  private Value divided(Node node, Value x, Value square, double epsilon) {
    Value positive = compute(node, "Add", List.of(square, Tensor.scalar(false, epsilon)));
    return compute(node, "Div", List.of(x, compute(node, "Sqrt", List.of(positive))));
  }

  private Value scaled(Node node, Value x, Value scale, Value shift) {
    Value product = compute(node, "Mul", List.of(x, scale));
    return shift == null ? product : compute(node, "Add", List.of(product, shift));
  }

  /** A value for each channel, as it is broadcast over the places. */
  private Value channels(Node node, Value each, int rank) {
    int[] target = new int[rank - 1];
    Arrays.fill(target, 1);
    target[0] = -1;
    return reshape(node, each, target);
  }

  /** All axes from the attribute on. */
  private static long[] fromAxis(Node node) {
    int rank = node.input(0).dims().length;
    return LongStream.range(Dims.axis(node.integer("axis", -1), rank), rank).toArray();
  }

  /**
   * x - max - log(sum(exp(x - max))): the logarithm of a softmax would be that of zero for values
   * far below the largest one.
   */
  private Value logSoftmax(Node node) {
    Value x = shared(node.input(0));
    int rank = x.dims().length;
    boolean old = node.opset() < 13;
    int axis = Dims.axis(node.integer("axis", old ? 1 : -1), rank);
    // Old operator sets take everything from the axis on together.
    long[] axes = old ? LongStream.range(axis, rank).toArray() : axes(axis);
    Value largest = compute(node, "ReduceMax", List.of(x), ints("axes", axes));
    Value below = shared(compute(node, "Sub", List.of(x, largest)));
    Value sum =
        compute(
            node, "ReduceSum", List.of(compute(node, "Exp", List.of(below))), ints("axes", axes));
    return compute(node, "Sub", List.of(below, compute(node, "Log", List.of(sum))));
  }

  // ---------------------------------------------------------------- norms

  /** Scores of scikit-learn in relation to all of them. */
  private Value normalizer(Node node) {
    String norm = node.text("norm", "MAX");
    Value x = shared(node.input(0));
    long last = x.dims().length - 1L;
    Value whole =
        switch (norm) {
          case "L1" -> positive(node, sum(node, compute(node, "Abs", List.of(x)), last));
          case "L2" ->
              positive(node, compute(node, "Sqrt", List.of(sum(node, squares(node, x), last))));
          case "MAX" -> compute(node, "ReduceMax", List.of(x), ints("axes", last));
          default -> throw new RefusedNodeException("norm is '" + norm + "', allowed: MAX, L1, L2");
        };
    return compute(node, "Div", List.of(x, whole));
  }

  /** Zeros alone stay zeros. */
  private Value positive(Node node, Value x) {
    return compute(node, "Max", List.of(x, Tensor.scalar(false, SMALLEST)));
  }

  private Value sum(Node node, Value x, long axis) {
    return compute(node, "ReduceSum", List.of(x), ints("axes", axis));
  }

  private Value norm(Node node) {
    long p = node.integer("p", 2);
    if (p != 1 && p != 2) {
      throw new RefusedNodeException("attribute 'p' is " + p + ", allowed: 1, 2");
    }
    Value x = shared(node.input(0));
    Value sum =
        compute(
            node,
            "ReduceSum",
            List.of(p == 1 ? compute(node, "Abs", List.of(x)) : squares(node, x)),
            ints("axes", node.integer("axis", -1)));
    return compute(node, "Div", List.of(x, p == 1 ? sum : compute(node, "Sqrt", List.of(sum))));
  }

  /** x / (bias + alpha mean of the squares of so many neighbouring channels) ^ beta. */
  private Value localResponse(Node node) {
    int[] dims = node.input(0).dims();
    long size = node.integer("size", 0);
    if (dims.length != 4 || size < 1 || size > dims[1]) {
      throw new RefusedNodeException(
          "size is " + size + " for the shape " + Dims.text(dims) + ", allowed: 1 to the channels");
    }
    Value x = shared(node.input(0));
    Value lines =
        reshape(
            node,
            compute(node, "Transpose", List.of(squares(node, x)), ints("perm", 0, 2, 3, 1)),
            dims[0],
            dims[2] * dims[3],
            dims[1]);
    // Channels beyond the first and the last one count as zeros.
    Value mean =
        compute(
            node,
            "AveragePool",
            List.of(lines),
            ints("kernel_shape", size),
            ints("pads", (size - 1) / 2, size / 2),
            integer("count_include_pad", 1));
    Value back =
        compute(
            node,
            "Transpose",
            List.of(reshape(node, mean, dims[0], dims[2], dims[3], dims[1])),
            ints("perm", 0, 3, 1, 2));
    Value scaled =
        compute(node, "Mul", List.of(back, Tensor.scalar(false, node.real("alpha", 1e-4))));
    Value sum = compute(node, "Add", List.of(scaled, Tensor.scalar(false, node.real("bias", 1))));
    Value factor =
        compute(node, "Pow", List.of(sum, Tensor.scalar(false, -node.real("beta", 0.75))));
    return compute(node, "Mul", List.of(x, factor));
  }

  private Value least(Node node) {
    Value negative = compute(node, "Neg", List.of(node.input(0)));
    return compute(node, "Neg", List.of(reduced(node, "ReduceMax", negative)));
  }

  private Value reduced(Node node, Value x) {
    return reduced(node, "ReduceSum", x);
  }

  /** A reduction over the axes that the node names. */
  private Value reduced(Node node, String operator, Value x) {
    List<Value> inputs = new ArrayList<>(List.of(x));
    if (node.has(1)) {
      inputs.add(node.input(1));
    }
    return compute(
        node, operator, inputs, node.proto().getAttributeList().toArray(AttributeProto[]::new));
  }

  private Value mean(Node node, Value x, long[] axes) {
    return compute(node, "ReduceMean", List.of(x), ints("axes", axes));
  }

  private Value squares(Node node, Value x) {
    Value twice = shared(x);
    return compute(node, "Mul", List.of(twice, twice));
  }

  // ---------------------------------------------------------------- parts

  private Value compute(
      Node whole, String operator, List<Value> inputs, AttributeProto... attributes) {
    return composition.compute(whole, operator, inputs, attributes);
  }

  private Value reshape(Node whole, Value x, int... dims) {
    return composition.reshape(whole, x, dims);
  }

  private static long[] axes(long... axes) {
    return axes;
  }
}
