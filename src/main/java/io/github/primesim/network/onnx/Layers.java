package io.github.primesim.network.onnx;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Affine;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FloatList;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.HostStep;
import io.github.primesim.network.Layer;
import io.github.primesim.network.LayerRefusedException;
import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Product;
import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.Shape;
import io.github.primesim.network.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The layers made so far. What follows a layer and can be computed by it, such as a normalisation
 * or an activation, is folded into it while nothing else reads it.
 */
final class Layers {
  private static final int LONGEST_NAME = 80;

  private final Map<String, Layer> made = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, Filters> filters = new HashMap<>();
  private final Map<List<Object>, String> views = new HashMap<>();

  /** Views that put the results of a transposed convolution to their places, by their names. */
  private final Map<String, Spread> spreads = new HashMap<>();

  private final Map<String, Border> borders = new HashMap<>();

  /** Of tables, to which further ones are added one by one; their layers hold the first only. */
  private final Map<String, List<ScalarFunction.Step>> steps = new HashMap<>();

  private final Map<Float, String> constants = new HashMap<>();
  private final Set<String> names = new HashSet<>(Set.of(Network.INPUT));

  /** The number to go on with where a name is taken; all below it are. */
  private final Map<String, Integer> numbers = new HashMap<>();

  Layers(Shape input) {
    shapes.put(Network.INPUT, input);
  }

  /** A plain word that no layer has yet. */
  String name(String wanted) {
    String plain = plain(wanted);
    String unique = plain;
    int number = numbers.getOrDefault(plain, 2);
    while (!names.add(unique)) {
      unique = plain + "." + number++;
    }
    numbers.put(plain, number);
    return unique;
  }

  /** Slashes become dots, whatever else does not belong into a plain word an underscore. */
  static String plain(String text) {
    String cut = text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    String word = cut.replaceAll("[/:]+", ".").replaceAll("[^A-Za-z0-9_.-]", "_");
    word = word.replaceAll("^[.-]+", "");
    return word.isEmpty() ? "layer" : word;
  }

  Shape shape(String layer) {
    return shapes.get(layer);
  }

  /** The shape in which values of these extents lie where nothing asks for another one. */
  static Shape shape(int[] dims) {
    Dims.size(dims);
    int from = dims.length > 1 && dims[0] == 1 ? 1 : 0;
    int rank = dims.length - from;
    if (rank <= 1) {
      return Shape.vector(rank == 0 ? 1 : dims[from]);
    }
    if (rank == 2) {
      return new Shape(dims[from], dims[from + 1], 1);
    }
    int channels =
        IntStream.range(from, dims.length - 2).map(i -> dims[i]).reduce(1, (a, b) -> a * b);
    return new Shape(channels, dims[dims.length - 2], dims[dims.length - 1]);
  }

  // ---------------------------------------------------------------- reading values

  /**
   * Name of a layer that gives the values of a signal in row-major order of its axes.
   *
   * @param shape shape it has to have
   */
  String read(Signal signal, Shape shape) {
    Signal merged = merged(signal);
    boolean own = merged.rank() == 1 && merged.strides()[0] == 1 && merged.offset() == 0;
    Shape held = shapes.get(signal.source());
    if (own && merged.dims()[0] == held.size() && held.equals(shape)) {
      return signal.source();
    }
    List<Integer> sizes = Arrays.stream(merged.dims()).boxed().toList();
    List<Integer> strides = Arrays.stream(merged.strides()).boxed().toList();
    List<Object> key = List.of(signal.source(), shape, signal.offset(), sizes, strides);
    String known = views.get(key);
    if (known != null) {
      return known;
    }
    String name = name(signal.source() + ".view");
    add(new View(name, List.of(signal.source()), shape, signal.offset(), sizes, strides), shape);
    views.put(key, name);
    return name;
  }

  /** The same for a fully connected layer, which reads any shape in row-major order. */
  String readVector(Signal signal) {
    Signal merged = merged(signal);
    Shape held = shapes.get(signal.source());
    if (merged.rank() == 1
        && merged.strides()[0] == 1
        && merged.offset() == 0
        && merged.dims()[0] == held.size()) {
      return signal.source();
    }
    return read(signal, Shape.vector(signal.size()));
  }

  /** Neighbouring axes that can be counted as one are; at least one is left. */
  private static Signal merged(Signal signal) {
    List<Integer> dims = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    for (int axis = 0; axis < signal.rank(); axis++) {
      int extent = signal.dims()[axis];
      int stride = signal.strides()[axis];
      int last = dims.size() - 1;
      if (extent == 1) {
        continue;
      }
      if (last >= 0 && strides.get(last) == (long) stride * extent) {
        dims.set(last, dims.get(last) * extent);
        strides.set(last, stride);
      } else {
        dims.add(extent);
        strides.add(stride);
      }
    }
    if (dims.isEmpty()) {
      dims.add(1);
      strides.add(1);
    }
    return new Signal(
        signal.source(),
        signal.offset(),
        dims.stream().mapToInt(Integer::intValue).toArray(),
        strides.stream().mapToInt(Integer::intValue).toArray(),
        signal.sole());
  }

  /** A signal that covers all outputs of its layer, each once; a view is made where it does not. */
  Signal whole(Signal signal) {
    if (signal.whole(shapes.get(signal.source()).size())) {
      return signal;
    }
    return Signal.of(read(signal, shape(signal.dims())), signal.dims());
  }

  /**
   * A transposed convolution behind a view.
   *
   * @param layer name of the convolution, which nothing but the view reads
   * @param channels channels of the view
   * @param phases channels of the convolution for each of the view
   */
  private record Spread(String layer, int channels, int phases) {
    /** Whether numbers along an axis of the view belong to the channels. */
    boolean isChannels(Signal signal, Shape view, int axis) {
      int area = view.size() / channels;
      boolean apart = signal.strides()[axis] == area && signal.offset() < area;
      return signal.dims()[axis] == channels && (channels == 1 || apart);
    }
  }

  /** Keeps which convolution a view puts to its places, so that more can be folded into it. */
  void keep(Signal view, String convolution, int phases) {
    if (!view.source().equals(convolution)) {
      spreads.put(view.source(), new Spread(convolution, view.dims()[1], phases));
    }
  }

  /** The convolution that can compute what is done with a view of it. */
  private Optional<Spread> spread(Signal signal) {
    return Optional.ofNullable(spreads.get(signal.source()))
        .filter(
            spread -> signal.sole() && made.get(spread.layer()).activation() == Activation.NONE);
  }

  /** Numbers for each channel of a view, as its convolution has them. */
  private static double[] repeated(double[] each, int times) {
    double[] all = new double[each.length * times];
    Arrays.setAll(all, i -> each[i / times]);
    return all;
  }

  private Signal fold(Spread spread, Signal view, double[] factors, double[] offsets) {
    fold(
        Signal.of(spread.layer(), shapes.get(spread.layer()).size()),
        repeated(factors, spread.phases()),
        repeated(offsets, spread.phases()));
    return view;
  }

  /** The same values in another shape. */
  Value reshape(Value value, int[] dims) {
    if (value instanceof Tensor tensor) {
      return tensor.reshape(dims);
    }
    if (value instanceof Signal signal) {
      if (Dims.size(dims) != signal.size()) {
        throw new RefusedNodeException(
            "it makes the shape "
                + Dims.text(dims)
                + " of "
                + Dims.text(signal.dims())
                + ", allowed: as many values");
      }
      return signal
          .reshape(dims)
          .orElseGet(
              () -> Signal.of(read(signal, shape(signal.dims())), dims).readOnce(signal.sole()));
    }
    if (value instanceof Value.Masked masked) {
      return new Value.Masked(signal(reshape(masked.signal(), dims)), masked.open().reshape(dims));
    }
    return value;
  }

  /** A value that layers give; constants are refused. */
  static Signal signal(Value value) {
    if (value instanceof Signal signal) {
      return signal;
    }
    if (value instanceof Tensor) {
      throw new RefusedNodeException("it reads a constant, allowed here: what layers give");
    }
    if (value instanceof Value.Masked) {
      throw new RefusedNodeException(
          "it reads values of which some are minus infinity, allowed for these: Softmax");
    }
    value.dims(); // Says which node was left out.
    throw new IllegalStateException("an unknown value has no shape");
  }

  /** A value as layers give it; constants are made where nothing else gives them. */
  Signal made(String wanted, Value value) {
    if (!(value instanceof Tensor tensor)) {
      return signal(value);
    }
    int size = Dims.size(tensor.dims());
    Optional<Double> uniform = tensor.uniform();
    if (uniform.isPresent()) {
      return everywhere(finite(uniform.get())).broadcast(tensor.dims());
    }
    double[] values = new double[size];
    Arrays.setAll(values, i -> finite(tensor.at(i)));
    Signal zeros = everywhere(0).broadcast(new int[] {size});
    return signal(reshape(affine(wanted, zeros, 0, filled(size, 1), values), tensor.dims()));
  }

  /** One number, which is read as often as it is needed: a table that has it at every place. */
  private Signal everywhere(double number) {
    float value = (float) number + 0f; // No negative zero.
    String name =
        constants.computeIfAbsent(
            value,
            c -> {
              Signal any = new Signal(Network.INPUT, 0, new int[] {1}, new int[] {1}, false);
              return lookup("constant", any, ScalarFunction.of(ScalarFunction.Kind.CLIP, c, c))
                  .source();
            });
    return new Signal(name, 0, new int[] {1}, new int[] {1}, false);
  }

  static double finite(double value) {
    if (!Float.isFinite((float) value)) {
      throw new RefusedNodeException("a constant is " + value + ", allowed: finite numbers");
    }
    return value;
  }

  // ---------------------------------------------------------------- adding layers

  /** Adds a layer without weights; its shape is for those that read it. */
  void add(Layer layer, Shape shape) {
    made.put(layer.name(), layer);
    shapes.put(layer.name(), shape);
    names.add(layer.name());
  }

  /** Adds a layer with weights. */
  void add(Layer layer, Shape shape, Filters weights) {
    add(layer, shape);
    filters.put(layer.name(), weights);
  }

  /** A layer that gives as many values as it reads, each at its place. */
  Signal elementwise(String wanted, Signal signal, BiFunction<String, List<String>, Layer> maker) {
    Signal whole = whole(signal);
    String name = name(wanted);
    add(maker.apply(name, List.of(whole.source())), shapes.get(whole.source()));
    return new Signal(name, 0, whole.dims(), whole.strides(), true);
  }

  /** A function of each value; joined with the function before where nothing else reads that. */
  Signal lookup(String wanted, Signal signal, ScalarFunction function) {
    if (signal.sole() && made.get(signal.source()) instanceof Lookup before) {
      steps.get(before.name()).addAll(function.steps());
      return signal;
    }
    Signal table =
        elementwise(wanted, signal, (name, inputs) -> new Lookup(name, inputs, function));
    steps.put(table.source(), new ArrayList<>(function.steps()));
    return table;
  }

  /** An activation, computed by the layer before where nothing else reads that. */
  Signal activation(String wanted, Signal signal, Activation activation) {
    Layer layer = made.get(signal.source());
    if (signal.sole() && layer != null && layer.activation() == Activation.NONE && hasOne(layer)) {
      made.put(layer.name(), with(layer, layer.bias(), activation));
      return signal;
    }
    Optional<Spread> spread = spread(signal);
    if (spread.isPresent()) {
      Layer convolution = made.get(spread.get().layer());
      made.put(convolution.name(), with(convolution, convolution.bias(), activation));
      return signal;
    }
    ScalarFunction.Kind kind =
        switch (activation) {
          case RELU -> ScalarFunction.Kind.RELU;
          case SIGMOID -> ScalarFunction.Kind.SIGMOID;
          case TANH -> ScalarFunction.Kind.TANH;
          case NONE -> throw new IllegalArgumentException("no activation");
        };
    return lookup(wanted, signal, ScalarFunction.of(kind));
  }

  private static boolean hasOne(Layer layer) {
    return layer instanceof Convolution
        || layer instanceof FullyConnected
        || layer instanceof Addition
        || layer instanceof Product
        || layer instanceof Affine;
  }

  /** The same layer with a bias, where it has weights, and an activation. */
  private static Layer with(Layer layer, boolean bias, Activation activation) {
    if (layer instanceof Convolution c) {
      return new Convolution(
          c.name(),
          c.inputs(),
          c.outputChannels(),
          c.kernelHeight(),
          c.kernelWidth(),
          c.strideHeight(),
          c.strideWidth(),
          c.paddingHeight(),
          c.paddingWidth(),
          c.groups(),
          bias,
          activation);
    }
    if (layer instanceof FullyConnected f) {
      return new FullyConnected(f.name(), f.inputs(), f.outputs(), bias, activation);
    }
    if (layer instanceof Addition a) {
      return new Addition(a.name(), a.inputs(), activation);
    }
    if (layer instanceof Product p) {
      return new Product(p.name(), p.inputs(), activation);
    }
    Affine a = (Affine) layer;
    return new Affine(a.name(), a.inputs(), a.factors(), a.offsets(), activation);
  }

  /** Each value multiplied with a number, another one added. */
  Signal scale(String wanted, Signal signal, double factor, double offset) {
    if (factor == 1 && offset == 0) {
      return signal;
    }
    if (folds(signal)) {
      int channels = shapes.get(signal.source()).channels();
      return fold(signal, filled(channels, factor), filled(channels, offset));
    }
    Optional<Spread> spread = spread(signal);
    if (spread.isPresent()) {
      int channels = spread.get().channels();
      return fold(spread.get(), signal, filled(channels, factor), filled(channels, offset));
    }
    List<ScalarFunction.Step> steps = new ArrayList<>();
    if (factor != 1) {
      steps.add(ScalarFunction.Step.of(ScalarFunction.Kind.MULTIPLY, factor));
    }
    if (offset != 0) {
      steps.add(ScalarFunction.Step.of(ScalarFunction.Kind.ADD, offset));
    }
    return lookup(wanted, signal, new ScalarFunction(steps));
  }

  /**
   * Along one axis, each value multiplied with a number of its own, another one added.
   *
   * @param factors as many as the axis has extents
   */
  Signal affine(String wanted, Signal signal, int axis, double[] factors, double[] offsets) {
    Shape held = shapes.get(signal.source());
    boolean channels =
        signal.whole(held.size())
            && signal.dims()[axis] == held.channels()
            && (signal.strides()[axis] == held.area() || held.channels() == 1);
    if (channels && folds(signal)) {
      return fold(signal, factors, offsets);
    }
    Optional<Spread> spread = spread(signal);
    if (spread.isPresent() && spread.get().isChannels(signal, held, axis)) {
      return fold(spread.get(), signal, factors, offsets);
    }
    Signal read = signal;
    Shape shape = held;
    int[] order = IntStream.range(0, signal.rank()).toArray();
    if (!channels) {
      order = Dims.first(signal.rank(), axis);
      read = signal.transpose(order);
      int extent = signal.dims()[axis];
      shape = new Shape(extent, signal.size() / extent, 1);
    }
    String source = channels ? signal.source() : read(read, shape);
    String name = name(wanted);
    add(
        new Affine(name, List.of(source), floats(factors), floats(offsets), Activation.NONE),
        shape);
    if (channels) {
      return new Signal(name, 0, signal.dims(), signal.strides(), true);
    }
    return Signal.of(name, read.dims()).transpose(inverse(order));
  }

  /** The order that undoes another one. */
  static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** Whether constants can be folded into the layer that gives the signal. */
  private boolean folds(Signal signal) {
    Layer layer = made.get(signal.source());
    return signal.sole()
        && layer != null
        && layer.activation() == Activation.NONE
        && (layer instanceof Convolution
            || layer instanceof FullyConnected
            || layer instanceof Affine);
  }

  private Signal fold(Signal signal, double[] factors, double[] offsets) {
    Layer layer = made.get(signal.source());
    if (layer instanceof Affine affine) {
      double[] newFactors = new double[factors.length];
      double[] newOffsets = new double[factors.length];
      for (int i = 0; i < factors.length; i++) {
        newFactors[i] = affine.factors().get(i) * factors[i];
        newOffsets[i] = affine.offsets().get(i) * factors[i] + offsets[i];
      }
      made.put(
          layer.name(),
          new Affine(
              layer.name(),
              layer.inputs(),
              floats(newFactors),
              floats(newOffsets),
              Activation.NONE));
      return signal;
    }
    Filters folded = filters.get(layer.name()).times(factors);
    if (Arrays.stream(offsets).anyMatch(offset -> offset != 0)) {
      folded = folded.plus(offsets);
    }
    filters.put(layer.name(), folded);
    made.put(layer.name(), with(layer, folded.bias(), Activation.NONE));
    return signal;
  }

  static double[] filled(int count, double value) {
    double[] all = new double[count];
    Arrays.fill(all, value);
    return all;
  }

  private static List<Float> floats(double[] values) {
    return FloatList.nearest(values);
  }

  /** Two signals of the same extents combined value by value. */
  Signal combine(String wanted, Signal a, Signal b, BiFunction<String, List<String>, Layer> maker) {
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    Dims.size(dims);
    // Whatever lies in memory as it is stays there; the other one is read in its order.
    boolean first = Arrays.equals(a.dims(), dims) || !Arrays.equals(b.dims(), dims);
    Signal lead = whole((first ? a : b).broadcast(dims));
    Signal follow = (first ? b : a).broadcast(dims);
    Shape shape = shapes.get(lead.source());
    String second = read(follow.transpose(lead.slowestFirst()), shape);
    String name = name(wanted);
    List<String> inputs = first ? List.of(lead.source(), second) : List.of(second, lead.source());
    add(maker.apply(name, inputs), shape);
    return new Signal(name, 0, lead.dims(), lead.strides(), true);
  }

  /** Signals behind one another along an axis. */
  Signal concatenate(String wanted, List<Signal> parts, int axis) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int rank = parts.get(0).rank();
    int[] order = Dims.first(rank, axis);
    int[] dims = Dims.pick(parts.get(0).dims(), order);
    int others = parts.get(0).size() / dims[0];
    Shape one = shape(parts.get(0).dims());
    // Feature maps stay feature maps where channels are joined.
    boolean maps = rank == 4 && axis == 1 && parts.get(0).dims()[0] == 1;
    List<String> inputs = new ArrayList<>();
    long extent = 0;
    for (Signal part : parts) {
      int own = part.dims()[axis];
      extent += own;
      Shape shape = maps ? new Shape(own, one.height(), one.width()) : new Shape(own, others, 1);
      inputs.add(read(part.transpose(order), shape));
    }
    dims[0] = Math.toIntExact(extent);
    Dims.size(dims);
    String name = name(wanted);
    Shape shape =
        maps ? new Shape(dims[0], one.height(), one.width()) : new Shape(dims[0], others, 1);
    add(new Concatenation(name, inputs), shape);
    return Signal.of(name, dims).transpose(inverse(order));
  }

  /** The places along an axis, in as few slices as can be. */
  Signal selected(String wanted, Signal signal, int axis, int[] places) {
    List<Signal> parts = new ArrayList<>();
    int at = 0;
    while (at < places.length) {
      int step = at + 1 < places.length ? places[at + 1] - places[at] : 1;
      int end = at + 1;
      while (end < places.length && places[end] - places[end - 1] == step) {
        end++;
      }
      parts.add(signal.slice(axis, places[at], step, end - at));
      at = end;
    }
    if (parts.isEmpty()) {
      throw new RefusedNodeException("it selects nothing along axis " + axis);
    }
    return concatenate(wanted, parts, axis);
  }

  /**
   * A signal with the same number before and behind its values along some axes.
   *
   * @param before values added in front, for each of the last axes
   * @param after values added behind
   */
  Signal bordered(String wanted, Signal signal, int[] before, int[] after, double number) {
    Signal result = signal;
    for (int i = 0; i < before.length; i++) {
      int axis = signal.rank() - before.length + i;
      List<Signal> parts = new ArrayList<>();
      if (before[i] > 0) {
        parts.add(block(result, axis, before[i], number));
      }
      parts.add(result);
      if (after[i] > 0) {
        parts.add(block(result, axis, after[i], number));
      }
      result = concatenate(wanted, parts, axis);
    }
    return result;
  }

  /** The extents of a signal but for one axis, the same number everywhere. */
  private Signal block(Signal signal, int axis, int extent, double number) {
    int[] dims = signal.dims().clone();
    dims[axis] = extent;
    Dims.size(dims);
    return everywhere(finite(number)).broadcast(dims);
  }

  /**
   * Zeros that a node of the file puts around feature maps.
   *
   * @param outer the result
   * @param before zeros added in front, for each axis behind the channels
   * @param after zeros added behind
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
  record Border(Signal inner, Signal outer, int[] before, int[] after) {}

  /** Keeps what a signal with zeros around it was made of. */
  void keep(Border border) {
    borders.put(border.outer().source(), border);
  }

  /** The zeros around a signal, where it is what was kept. */
  Optional<Border> border(Signal signal) {
    return Optional.ofNullable(borders.get(signal.source()))
        .filter(
            border ->
                border.outer().offset() == signal.offset()
                    && Arrays.equals(border.outer().dims(), signal.dims())
                    && Arrays.equals(border.outer().strides(), signal.strides()));
  }

  /** Leaves values to the host. */
  List<Signal> host(String wanted, String operator, List<Signal> inputs, List<int[]> outputs) {
    int values = outputs.stream().mapToInt(Dims::size).sum();
    Shape shape = outputs.size() == 1 ? shape(outputs.get(0)) : Shape.vector(values);
    String name = name(wanted);
    List<String> sources = inputs.stream().map(Signal::source).distinct().toList();
    add(new HostStep(name, sources, operator, shape, true), shape);
    List<Signal> signals = new ArrayList<>();
    int offset = 0;
    for (int[] dims : outputs) {
      signals.add(new Signal(name, offset, dims, Dims.rowMajor(dims), false));
      offset += Dims.size(dims);
    }
    return signals;
  }

  // ---------------------------------------------------------------- the network

  /**
   * The network of all layers that {@code outputs} depend on.
   *
   * @param sinks layers to be kept though nothing reads them
   * @throws LayerRefusedException if a layer does not fit; none is expected not to
   */
  Network network(String name, String description, List<Signal> outputs, List<String> sinks) {
    List<String> ends = new ArrayList<>(sinks);
    if (outputs.size() == 1) {
      Signal only = outputs.get(0);
      ends.add(read(only, rowMajorShape(only)));
    } else if (!outputs.isEmpty()) {
      List<String> vectors =
          outputs.stream().map(each -> read(each, Shape.vector(each.size()))).toList();
      int values = outputs.stream().mapToInt(Signal::size).sum();
      String joined = name("outputs");
      add(new Concatenation(joined, vectors), Shape.vector(values));
      ends.add(joined);
    }
    Set<String> needed = new HashSet<>(ends);
    List<Layer> all = new ArrayList<>(made.values());
    List<Layer> kept = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Layer layer = all.get(i);
      if (needed.contains(layer.name())) {
        needed.addAll(layer.inputs());
        kept.add(complete(layer));
      }
    }
    Collections.reverse(kept);
    filters.keySet().retainAll(kept.stream().map(Layer::name).toList());
    return new Network(
        plain(name), Origin.IMPORTED, description, shapes.get(Network.INPUT), true, kept);
  }

  private Layer complete(Layer layer) {
    return layer instanceof Lookup table
        ? new Lookup(table.name(), table.inputs(), new ScalarFunction(steps.get(table.name())))
        : layer;
  }

  /** The shape of the layer itself, where its values lie in order already. */
  private Shape rowMajorShape(Signal signal) {
    Shape held = shapes.get(signal.source());
    return held.size() == signal.size() ? held : shape(signal.dims());
  }

  Map<String, Filters> filters() {
    return filters;
  }
}
