package io.github.primesim.network.onnx;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that multiply with weights: what crossbars are for. */
final class WeightOperators {
  private final Layers layers;

  WeightOperators(Layers layers) {
    this.layers = layers;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "Conv" -> convolution(node);
          case "ConvTranspose" -> transposedConvolution(node);
          case "Gemm" -> gemm(node);
          case "MatMul" -> product(node);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  // ---------------------------------------------------------------- convolutions

  private Value convolution(Node node) {
    Signal input = feature(node);
    Tensor weight = node.constant(1);
    int[] w = weight.dims();
    int[] dims = input.dims();
    int groups = positive(node.integer("group", 1), "group");
    if (w.length != dims.length || (long) w[1] * groups != dims[1] || w[0] % groups != 0) {
      throw new RefusedNodeException(
          "its weights have the shape "
              + Dims.text(w)
              + " for an input of "
              + Dims.text(dims)
              + " in "
              + groups
              + " groups");
    }
    Dims.constant(w);
    Sliding sliding = Sliding.of(node, dims, Arrays.copyOfRange(w, 2, w.length));
    Optional<Layers.Border> border = layers.border(input);
    if (border.isPresent()) {
      int[] inner = border.get().inner().dims();
      Sliding wider = sliding.over(inner, border.get().before(), border.get().after());
      if (wider.symmetric()) {
        input = border.get().inner();
        dims = input.dims();
        sliding = wider;
      }
    }
    if (!sliding.symmetric() || (sliding.dilated() && sliding.padded())) {
      input =
          layers.bordered(node.label() + ".padded", input, sliding.before(), sliding.after(), 0);
      dims = input.dims();
      sliding = sliding.unpadded();
    }
    if (sliding.dilated()) {
      return dilated(node, input, weight, groups, sliding);
    }
    Shape in = new Shape(dims[1], dims[2], dims.length > 3 ? dims[3] : 1);
    String name = layers.name(node.label());
    int inputs = w[1] * sliding.height() * sliding.width();
    Filters filters =
        withBias(node, Filters.of(w[0], (output, i) -> weight.at(output * inputs + i)), 1);
    Convolution layer =
        new Convolution(
            name,
            List.of(layers.read(input, in)),
            w[0],
            sliding.height(),
            sliding.width(),
            sliding.strideHeight(),
            sliding.strideWidth(),
            sliding.paddingHeight(),
            sliding.paddingWidth(),
            groups,
            filters.bias(),
            Activation.NONE);
    int[] result = dims.clone();
    result[1] = w[0];
    System.arraycopy(sliding.positions(), 0, result, 2, result.length - 2);
    Dims.size(result);
    Shape out = new Shape(w[0], result[2], result.length > 3 ? result[3] : 1);
    layers.add(layer, out, filters);
    return Signal.of(name, result);
  }

  /**
   * A dilated convolution: a view lays the values of each window beside each other, a convolution
   * of kernel 1 multiplies them.
   */
  private Value dilated(Node node, Signal input, Tensor weight, int groups, Sliding sliding) {
    int axes = input.rank() - 2;
    int[] w = weight.dims();
    int[] dims = new int[1 + 2 * axes];
    int[] strides = new int[1 + 2 * axes];
    dims[0] = input.dims()[1];
    strides[0] = input.strides()[1];
    for (int i = 0; i < axes; i++) {
      dims[1 + i] = w[2 + i];
      strides[1 + i] = input.strides()[2 + i] * sliding.dilations()[i];
      dims[1 + axes + i] = sliding.positions()[i];
      strides[1 + axes + i] = input.strides()[2 + i] * sliding.strides()[i];
    }
    Signal windows = new Signal(input.source(), input.offset(), dims, strides, false);
    int rows = Dims.size(Arrays.copyOf(dims, 1 + axes));
    int[] positions = sliding.positions();
    Shape in = new Shape(rows, positions[0], axes > 1 ? positions[1] : 1);
    Dims.size(dims);
    String name = layers.name(node.label());
    int inputs = rows / groups;
    Filters filters =
        withBias(node, Filters.of(w[0], (output, i) -> weight.at(output * inputs + i)), 1);
    int[] result = input.dims().clone();
    result[1] = w[0];
    System.arraycopy(positions, 0, result, 2, axes);
    layers.add(
        new Convolution(
            name,
            List.of(layers.read(windows, in)),
            w[0],
            1,
            1,
            1,
            1,
            0,
            0,
            groups,
            filters.bias(),
            Activation.NONE),
        new Shape(w[0], in.height(), in.width()),
        filters);
    return Signal.of(name, result);
  }

  /**
   * A transposed convolution, as a convolution of stride 1 and a view. Results whose places differ
   * by the stride meet the same taps of the kernel, so each place within a stride is a channel of
   * its own, with the taps it meets in reverse; the view puts the channels to their places. A
   * crossbar holds every weight once, and nothing is multiplied with zeros put between inputs.
   */
  private Value transposedConvolution(Node node) {
    Signal input = feature(node);
    Tensor weight = node.constant(1);
    int[] w = weight.dims();
    int[] dims = input.dims();
    int groups = positive(node.integer("group", 1), "group");
    if (w.length != dims.length || w[0] != dims[1] || w[0] % groups != 0) {
      throw new RefusedNodeException(
          "its weights have the shape "
              + Dims.text(w)
              + " for an input of "
              + Dims.text(dims)
              + " in "
              + groups
              + " groups");
    }
    Dims.constant(w);
    int axes = dims.length - 2;
    Spreading[] spread = new Spreading[axes];
    for (int i = 0; i < axes; i++) {
      spread[i] = Spreading.of(node, i, dims[2 + i], Arrays.copyOfRange(w, 2, w.length));
    }
    int channels = Dims.size(new int[] {w[1], groups});
    Signal result = phases(node, input, weight, channels, groups, spread);
    boolean sole = result.sole();
    for (int i = 0; i < axes; i++) {
      result = result.slice(2 + i, spread[i].first(), 1, spread[i].extent());
    }
    // What is cut off is read by nobody else.
    return new Signal(result.source(), result.offset(), result.dims(), result.strides(), sole);
  }

  /** All results of a transposed convolution, with those that its padding leaves out. */
  private Signal phases(
      Node node, Signal input, Tensor weight, int channels, int groups, Spreading[] spread) {
    int axes = spread.length;
    int[] before = new int[axes];
    int[] after = new int[axes];
    int[] strides = new int[axes];
    int[] positions = new int[axes];
    boolean even = true;
    for (int i = 0; i < axes; i++) {
      before[i] = spread[i].before();
      after[i] = spread[i].after();
      strides[i] = spread[i].stride();
      positions[i] = spread[i].positions();
      even &= before[i] == after[i] && before[i] < spread[i].taps();
    }
    Signal read = even ? input : layers.bordered(node.label() + ".padded", input, before, after, 0);
    int phases = Dims.size(strides);
    int outputs = Dims.size(new int[] {channels, phases});
    Spreading down = spread[0];
    Spreading across = axes > 1 ? spread[1] : Spreading.NONE;
    Dims.size(new int[] {outputs, down.positions(), across.positions()});
    Filters filters =
        withBias(
            node,
            Filters.of(outputs, (output, i) -> tap(weight, groups, down, across, output, i)),
            phases);
    String name = layers.name(node.label());
    int[] dims = read.dims();
    layers.add(
        new Convolution(
            name,
            List.of(layers.read(read, new Shape(dims[1], dims[2], axes > 1 ? dims[3] : 1))),
            outputs,
            down.taps(),
            across.taps(),
            1,
            1,
            even ? down.before() : 0,
            even ? across.before() : 0,
            groups,
            filters.bias(),
            Activation.NONE),
        new Shape(outputs, down.positions(), across.positions()),
        filters);
    // [1, channels, place in the stride, position] -> [1, channels, position and place by axis]
    int[] opened = new int[2 + 2 * axes];
    int[] order = new int[opened.length];
    int[] result = dims.clone();
    opened[0] = 1;
    opened[1] = channels;
    order[1] = 1;
    result[1] = channels;
    for (int i = 0; i < axes; i++) {
      opened[2 + i] = strides[i];
      opened[2 + axes + i] = positions[i];
      order[2 + 2 * i] = 2 + axes + i;
      order[3 + 2 * i] = 2 + i;
      result[2 + i] = positions[i] * strides[i];
    }
    Signal spreads =
        Layers.signal(layers.reshape(Signal.of(name, opened).transpose(order), result));
    layers.keep(spreads, name, phases);
    return spreads;
  }

  /** The weight of a channel and place in the stride for an input and tap. */
  private static double tap(
      Tensor weight, int groups, Spreading down, Spreading across, int output, int input) {
    int[] w = weight.dims();
    int phases = down.stride() * across.stride();
    int channel = output / phases;
    int window = down.taps() * across.taps();
    int from = channel / w[1] * (w[0] / groups) + input / window;
    int row = down.weight(output % phases / across.stride(), input % window / across.taps());
    int column = across.weight(output % across.stride(), input % across.taps());
    return row < 0 || column < 0
        ? 0
        : weight.at(
            ((from * w[1] + channel % w[1]) * down.kernel() + row) * across.kernel() + column);
  }

  /** Adds the bias of input 2; each of its values belongs to {@code each} outputs. */
  private static Filters withBias(Node node, Filters filters, int each) {
    if (!node.has(2)) {
      return filters;
    }
    Tensor bias = node.constant(2);
    if (bias.size() * (long) each != filters.outputs()) {
      throw new RefusedNodeException(
          "its bias has the shape "
              + Dims.text(bias.dims())
              + " for "
              + filters.outputs() / each
              + " outputs");
    }
    double[] offsets = new double[filters.outputs()];
    Arrays.setAll(offsets, i -> bias.at(i / each));
    return filters.plus(offsets);
  }

  private static int positive(long value, String attribute) {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new RefusedNodeException(
          attribute + " is " + value + ", allowed: 1 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /** Feature maps of one image: [1, channels, length] or [1, channels, height, width]. */
  static Signal feature(Node node) {
    Signal input = node.signal(0);
    int[] dims = input.dims();
    boolean maps = dims.length == 3 || dims.length == 4;
    if (!maps || dims[0] != 1) {
      String reason =
          "it reads the shape "
              + Dims.text(dims)
              + ", allowed: 1 x channels x length or 1 x channels x height x width";
      throw maps ? new SeveralImagesException(reason) : new RefusedNodeException(reason);
    }
    return input;
  }

  // ---------------------------------------------------------------- matrix products

  private Value gemm(Node node) {
    Tensor weight = node.constant(1);
    Signal input = node.signal(0);
    if (weight.dims().length != 2 || input.rank() != 2) {
      throw new RefusedNodeException(
          "it multiplies "
              + Dims.text(input.dims())
              + " and "
              + Dims.text(weight.dims())
              + ", allowed: matrices");
    }
    Signal a = node.integer("transA", 0) == 0 ? input : input.transpose(1, 0);
    Tensor b = node.integer("transB", 0) == 0 ? weight : weight.transpose(1, 0);
    Signal product = times(node, a, b);
    double alpha = node.real("alpha", 1);
    if (alpha != 1) {
      product = layers.scale(node.label(), product, alpha, 0);
    }
    if (!node.has(2)) {
      return product;
    }
    double beta = node.real("beta", 1);
    return new ElementwiseOperators(layers).plus(node, product, scaled(node.input(2), beta));
  }

  private Value scaled(Value value, double factor) {
    if (factor == 1) {
      return value;
    }
    if (value instanceof Tensor tensor) {
      return tensor.map(false, x -> x * factor);
    }
    return layers.scale("beta", Layers.signal(value), factor, 0);
  }

  private Value product(Node node) {
    Value left = node.input(0);
    Value right = node.input(1);
    if (left instanceof Signal a && right instanceof Tensor b) {
      int[] dims = b.dims();
      if (dims.length == 1) {
        Signal column = times(node, rows(a), b.reshape(new int[] {dims[0], 1}));
        return layers.reshape(column, Arrays.copyOf(a.dims(), Math.max(a.rank() - 1, 0)));
      }
      if (Arrays.stream(dims).limit(dims.length - 2L).allMatch(extent -> extent == 1)) {
        Tensor matrix = b.reshape(Arrays.copyOfRange(dims, dims.length - 2, dims.length));
        Signal result = times(node, rows(a), matrix);
        return a.rank() == 1 ? layers.reshape(result, new int[] {dims[dims.length - 1]}) : result;
      }
    }
    if (left instanceof Tensor a && right instanceof Signal b && b.rank() >= 2) {
      int[] dims = a.dims();
      if (dims.length >= 2
          && Arrays.stream(dims).limit(dims.length - 2L).allMatch(extent -> extent == 1)) {
        Tensor matrix = a.reshape(Arrays.copyOfRange(dims, dims.length - 2, dims.length));
        int[] swap = swapped(b.rank());
        return times(node, b.transpose(swap), matrix.transpose(1, 0)).transpose(swap);
      }
    }
    if (left instanceof Signal a && right instanceof Signal b) {
      return ofSignals(node, a, b);
    }
    throw new RefusedNodeException(
        "it multiplies "
            + Dims.text(left.dims())
            + " and "
            + Dims.text(right.dims())
            + ", allowed: one weight matrix");
  }

  private static Signal rows(Signal signal) {
    if (signal.rank() != 1) {
      return signal;
    }
    return signal.reshape(new int[] {1, signal.dims()[0]}).orElseThrow();
  }

  /** All axes as they are but for the last two, which change places. */
  private static int[] swapped(int rank) {
    int[] order = IntStream.range(0, rank).toArray();
    order[rank - 2] = rank - 1;
    order[rank - 1] = rank - 2;
    return order;
  }

  /** Each row of the last axis multiplied with a matrix of [inputs, outputs]. */
  private Signal times(Node node, Signal a, Tensor matrix) {
    int rank = a.rank();
    int inputs = a.dims()[rank - 1];
    int outputs = matrix.dims()[1];
    if (matrix.dims()[0] != inputs || outputs < 1) {
      throw new RefusedNodeException(
          "it multiplies " + Dims.text(a.dims()) + " and " + Dims.text(matrix.dims()));
    }
    Dims.constant(matrix.dims());
    Filters filters = Filters.of(outputs, (output, i) -> matrix.at(i * outputs + output));
    String name = layers.name(node.label());
    int[] result = a.dims().clone();
    result[rank - 1] = outputs;
    int positions = a.size() / inputs;
    Dims.size(new int[] {positions, outputs});
    if (positions == 1) {
      layers.add(
          new FullyConnected(name, List.of(layers.readVector(a)), outputs, false, Activation.NONE),
          Shape.vector(outputs),
          filters);
      return Signal.of(name, result);
    }
    int[] order = Dims.first(rank, rank - 1);
    layers.add(
        new Convolution(
            name,
            List.of(layers.read(a.transpose(order), new Shape(inputs, positions, 1))),
            outputs,
            1,
            1,
            1,
            1,
            0,
            0,
            1,
            false,
            Activation.NONE),
        new Shape(outputs, positions, 1),
        filters);
    return Signal.of(name, Dims.pick(result, order)).transpose(Layers.inverse(order));
  }

  /**
   * The product of two matrices that layers give, as attention has it: no crossbar holds either, so
   * the elementwise unit multiplies and a mean pooling adds, scaled to a sum.
   */
  private Value ofSignals(Node node, Signal a, Signal b) {
    if (a.rank() < 2 || b.rank() < 2 || a.dims()[a.rank() - 1] != b.dims()[b.rank() - 2]) {
      throw new RefusedNodeException(
          "it multiplies " + Dims.text(a.dims()) + " and " + Dims.text(b.dims()));
    }
    int[] batch =
        Dims.broadcast(
            Arrays.copyOf(a.dims(), a.rank() - 2), Arrays.copyOf(b.dims(), b.rank() - 2));
    int rows = a.dims()[a.rank() - 2];
    int inner = a.dims()[a.rank() - 1];
    int columns = b.dims()[b.rank() - 1];
    // [batch, rows, columns, inner]: both repeated to the full size, which costs addresses only.
    Signal left = opened(a, batch, a.rank() - 1).broadcast(joined(batch, rows, columns, inner));
    Signal right =
        opened(b.transpose(swapped(b.rank())), batch, b.rank() - 2)
            .broadcast(joined(batch, rows, columns, inner));
    Signal products =
        layers.combine(
            node.label() + ".products",
            left,
            right,
            (name, inputs) -> new Product(name, inputs, Activation.NONE));
    int[] result = joined(batch, rows, columns);
    int sums = Dims.size(result);
    Shape lines = new Shape(sums, inner, 1);
    String name = layers.name(node.label());
    layers.add(
        new Pooling(
            name,
            List.of(layers.read(products, lines)),
            Pooling.Kind.MEAN,
            inner,
            1,
            inner,
            1,
            0,
            0),
        Shape.vector(sums));
    return layers.scale(node.label(), Signal.of(name, result), inner, 0);
  }

  /** The signal with the axes of the batch and a new axis of one value at {@code axis}. */
  private static Signal opened(Signal signal, int[] batch, int axis) {
    int[] dims = new int[signal.rank() + 1];
    int[] strides = new int[dims.length];
    for (int i = 0, from = 0; i < dims.length; i++) {
      boolean added = i == axis;
      dims[i] = added ? 1 : signal.dims()[from];
      strides[i] = added ? 0 : signal.strides()[from++];
    }
    Signal opened = new Signal(signal.source(), signal.offset(), dims, strides, false);
    int[] target = new int[batch.length + 3];
    System.arraycopy(batch, 0, target, 0, batch.length);
    System.arraycopy(dims, dims.length - 3, target, batch.length, 3);
    return opened.broadcast(target);
  }

  private static int[] joined(int[] batch, int... more) {
    int[] all = Arrays.copyOf(batch, batch.length + more.length);
    System.arraycopy(more, 0, all, batch.length, more.length);
    return all;
  }

  /** The sum of two signals, as a layer of its own. */
  static Addition addition(String name, List<String> inputs) {
    return new Addition(name, inputs, Activation.NONE);
  }
}
