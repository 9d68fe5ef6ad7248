package io.github.primesim.network.onnx;

import io.github.primesim.network.Pooling;
import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that take the maximum, the mean or the sum of several values. */
final class PoolingOperators {
  private final Layers layers;

  PoolingOperators(Layers layers) {
    this.layers = layers;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "MaxPool" -> maximum(node);
          case "AveragePool" -> mean(node);
          case "GlobalMaxPool" -> global(node, Pooling.Kind.MAX);
          case "GlobalAveragePool" -> global(node, Pooling.Kind.MEAN);
          case "ReduceMean" -> reduced(node, Pooling.Kind.MEAN, false);
          case "ReduceSum" -> reduced(node, Pooling.Kind.MEAN, true);
          case "ReduceMax" -> reduced(node, Pooling.Kind.MAX, false);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  private static int[] kernel(Node node) {
    long[] kernel =
        node.integers("kernel_shape")
            .orElseThrow(() -> new RefusedNodeException("kernel_shape is missing"));
    int axes = node.signal(0).rank() - 2;
    if (kernel.length != axes || Arrays.stream(kernel).anyMatch(k -> k < 1 || k > Dims.LARGEST)) {
      throw new RefusedNodeException(
          "kernel_shape is "
              + Node.cut(Arrays.toString(kernel))
              + ", allowed: "
              + axes
              + " extents of 1 to "
              + Dims.LARGEST);
    }
    return Arrays.stream(kernel).mapToInt(k -> (int) k).toArray();
  }

  private Value maximum(Node node) {
    Signal input = WeightOperators.feature(node);
    Sliding sliding = Sliding.of(node, input.dims(), kernel(node));
    if (node.proto().getOutputCount() > 1 && !node.proto().getOutput(1).isEmpty()) {
      throw new RefusedNodeException("it gives the indices of maxima, allowed: the maxima alone");
    }
    if (sliding.dilated()) {
      throw new RefusedNodeException("its window is dilated, allowed: dilations of 1");
    }
    if (sliding.symmetric()) {
      return pooling(node, input, Pooling.Kind.MAX, sliding);
    }
    // A repeated border changes no maximum, since every window with it holds the border itself.
    Signal padded = input;
    for (int i = 0; i < sliding.kernel().length; i++) {
      int axis = 2 + i;
      if (sliding.before()[i] >= sliding.kernel()[i] || sliding.after()[i] >= sliding.kernel()[i]) {
        throw new RefusedNodeException("its padding is as large as its window");
      }
      List<Signal> parts = new ArrayList<>();
      if (sliding.before()[i] > 0) {
        parts.add(padded.slice(axis, 0, 0, sliding.before()[i]));
      }
      parts.add(padded);
      if (sliding.after()[i] > 0) {
        parts.add(padded.slice(axis, padded.dims()[axis] - 1, 0, sliding.after()[i]));
      }
      padded = layers.concatenate(node.label() + ".border", parts, axis);
    }
    return pooling(node, padded, Pooling.Kind.MAX, sliding.unpadded());
  }

  private Value mean(Node node) {
    Signal input = WeightOperators.feature(node);
    Sliding sliding = Sliding.of(node, input.dims(), kernel(node));
    if (sliding.dilated()) {
      throw new RefusedNodeException("its window is dilated, allowed: dilations of 1");
    }
    boolean counted =
        node.integer("count_include_pad", 0) == 1 && node.integer("ceil_mode", 0) == 0;
    if (sliding.symmetric() && (counted || !sliding.padded())) {
      return pooling(node, input, Pooling.Kind.MEAN, sliding);
    }
    if (node.integer("count_include_pad", 0) == 1 && !counted) {
      throw new RefusedNodeException(
          "it counts padding and has windows that end behind it, allowed: count_include_pad=1 or"
              + " ceil_mode=1");
    }
    Signal padded =
        layers.bordered(node.label() + ".padded", input, sliding.before(), sliding.after(), 0);
    Value mean = pooling(node, padded, Pooling.Kind.MEAN, sliding.unpadded());
    return counted
        ? mean
        : new ElementwiseOperators(layers).times(node, mean, shares(sliding, input.dims()));
  }

  /** For each position how much less than a whole window its values are. */
  private static Tensor shares(Sliding sliding, int[] dims) {
    int axes = sliding.kernel().length;
    int[] extents = new int[2 + axes];
    Arrays.fill(extents, 0, 2, 1);
    System.arraycopy(sliding.positions(), 0, extents, 2, axes);
    double[] shares = new double[Dims.size(extents)];
    int[] strides = Dims.rowMajor(extents);
    for (int place = 0; place < shares.length; place++) {
      shares[place] = 1;
      for (int i = 0; i < axes; i++) {
        int position = place / strides[2 + i] % extents[2 + i];
        int from = position * sliding.strides()[i] - sliding.before()[i];
        int to = Math.min(from + sliding.kernel()[i], dims[2 + i]);
        shares[place] *= (double) sliding.kernel()[i] / (to - Math.max(0, from));
      }
    }
    return Tensor.of(extents, false, shares);
  }

  private Value pooling(Node node, Signal input, Pooling.Kind kind, Sliding sliding) {
    int[] dims = input.dims();
    Shape in = new Shape(dims[1], dims[2], dims.length > 3 ? dims[3] : 1);
    String name = layers.name(node.label());
    int[] result = dims.clone();
    System.arraycopy(sliding.positions(), 0, result, 2, result.length - 2);
    layers.add(
        new Pooling(
            name,
            List.of(layers.read(input, in)),
            kind,
            sliding.height(),
            sliding.width(),
            sliding.strideHeight(),
            sliding.strideWidth(),
            sliding.paddingHeight(),
            sliding.paddingWidth()),
        new Shape(dims[1], result[2], result.length > 3 ? result[3] : 1));
    return Signal.of(name, result);
  }

  private Value global(Node node, Pooling.Kind kind) {
    int rank = WeightOperators.feature(node).rank();
    return over(node, IntStream.range(2, rank).toArray(), true, kind, false);
  }

  private Value reduced(Node node, Pooling.Kind kind, boolean sum) {
    int rank = node.signal(0).rank();
    Optional<long[]> given = node.integers("axes", 1).filter(axes -> axes.length > 0);
    if (given.isEmpty() && node.integer("noop_with_empty_axes", 0) == 1) {
      return node.input(0);
    }
    int[] axes =
        given
            .map(all -> Arrays.stream(all).mapToInt(axis -> Dims.axis(axis, rank)).toArray())
            .orElseGet(() -> IntStream.range(0, rank).toArray());
    return over(node, axes, node.integer("keepdims", 1) == 1, kind, sum);
  }

  /** All values along some axes taken together. */
  private Value over(Node node, int[] axes, boolean keep, Pooling.Kind kind, boolean sum) {
    Signal input = node.signal(0);
    int[] dims = input.dims();
    boolean[] gone = new boolean[dims.length];
    Arrays.stream(axes).forEach(axis -> gone[axis] = true);
    int[] kept = IntStream.range(0, dims.length).filter(i -> !gone[i]).toArray();
    int[] left = IntStream.range(0, dims.length).filter(i -> gone[i]).toArray();
    int channels = Dims.size(Dims.pick(dims, kept));
    int window = Dims.size(Dims.pick(dims, left));
    int[] result =
        keep
            ? IntStream.range(0, dims.length).map(i -> gone[i] ? 1 : dims[i]).toArray()
            : Dims.pick(dims, kept);
    Signal pooled = Layers.signal(layers.reshape(input, dims));
    if (window > 1) {
      int[] order = IntStream.concat(Arrays.stream(kept), Arrays.stream(left)).toArray();
      // A feature map keeps its height and width, so that it is read where it lies.
      Shape held = layers.shape(input.source());
      Shape lines =
          held.channels() == channels && held.area() == window
              ? held
              : new Shape(channels, window, 1);
      String name = layers.name(node.label());
      layers.add(
          new Pooling(
              name,
              List.of(layers.read(input.transpose(order), lines)),
              kind,
              lines.height(),
              lines.width(),
              lines.height(),
              lines.width(),
              0,
              0),
          Shape.vector(channels));
      pooled = Signal.of(name, result);
      if (sum) {
        pooled =
            layers.lookup(
                node.label() + ".sum",
                pooled,
                ScalarFunction.of(ScalarFunction.Kind.MULTIPLY, window));
      }
    }
    return layers.reshape(pooled, result);
  }
}
