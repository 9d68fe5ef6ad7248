package io.github.primesim.network.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Resize and Upsample, axis by axis: the nearest value, which costs addresses only, or a weighted
 * sum of the two nearest ones.
 */
final class ResizeOperators {
  private final Layers layers;
  private final ElementwiseOperators elementwise;

  ResizeOperators(Layers layers) {
    this.layers = layers;
    this.elementwise = new ElementwiseOperators(layers);
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    boolean mine = node.operator().equals("Resize") || node.operator().equals("Upsample");
    return mine ? Optional.of(List.of(resize(node))) : Optional.empty();
  }

  /**
   * How an axis is stretched.
   *
   * @param scale as the file gives it
   */
  private record Stretch(int from, int to, float scale) {
    boolean whole() {
      return scale == Math.rint(scale) && to == (double) scale * from;
    }

    /** The place of the input that belongs to a place of the output, rounded as others do. */
    float place(int output, String transformation) {
      float centre = (output + 0.5f) / scale - 0.5f;
      return switch (transformation) {
        case "asymmetric" -> output / scale;
        case "align_corners" -> to == 1 ? 0 : (float) output * (from - 1) / (to - 1);
        case "pytorch_half_pixel" -> to == 1 ? 0 : centre;
        // What the last value lacks of its extent is left out on both sides alike.
        case "half_pixel_symmetric" -> from / 2f * (1 - to / (scale * from)) + centre;
        default -> centre;
      };
    }
  }

  private Value resize(Node node) {
    Signal result = layers.made(node.label() + ".constant", node.input(0));
    int rank = result.rank();
    boolean asOld =
        node.operator().equals("Upsample") || (node.inputs().size() == 2 && node.opset() < 11);
    boolean linear = node.text("mode", "nearest").equals("linear");
    String transformation =
        node.text("coordinate_transformation_mode", asOld ? "asymmetric" : "half_pixel");
    String rounding = node.text("nearest_mode", asOld ? "floor" : "round_prefer_floor");
    check(node, transformation, rounding, rank);
    List<Stretch> stretches = stretches(node, result.dims(), asOld ? 1 : 2);
    int[] target = stretches.stream().mapToInt(Stretch::to).toArray();
    Dims.size(target);
    for (int axis = 0; axis < rank; axis++) {
      Stretch stretch = stretches.get(axis);
      if (stretch.from() != stretch.to() || stretch.scale() != 1) {
        result =
            linear
                ? linear(node, result, axis, stretch, transformation)
                : nearest(node, result, axis, stretch, transformation, rounding);
      }
    }
    return result;
  }

  // ---------------------------------------------------------------- what a node says

  private static List<Stretch> stretches(Node node, int[] dims, int input) {
    List<Float> attribute = node.reals("scales").orElse(List.of());
    boolean scaled = !attribute.isEmpty() || (node.has(input) && node.constant(input).size() > 0);
    Tensor given =
        !attribute.isEmpty()
            ? new Tensor(new int[] {attribute.size()}, false, attribute::get)
            : node.constant(scaled ? input : input + 1);
    if (given.size() != dims.length) {
      throw new RefusedNodeException(
          "it has " + given.size() + " factors for " + dims.length + " axes");
    }
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (!scaled && !policy.equals("stretch")) {
      throw new RefusedNodeException(
          "keep_aspect_ratio_policy is '" + policy + "', allowed: stretch");
    }
    List<Stretch> all = new ArrayList<>();
    for (int axis = 0; axis < dims.length; axis++) {
      // Rounded as others do: 0.7 of 10 values are 7 in float, and a little less before.
      double to = scaled ? Math.floor((float) given.at(axis) * dims[axis]) : given.at(axis);
      if (!(to >= 1 && to <= Dims.LARGEST && to == Math.rint(to))) {
        throw new RefusedNodeException(
            "it makes "
                + to
                + " values of "
                + dims[axis]
                + " along axis "
                + axis
                + ", allowed: 1 to "
                + Dims.LARGEST);
      }
      float scale = (float) (scaled ? given.at(axis) : to / dims[axis]);
      all.add(new Stretch(dims[axis], (int) to, scale));
    }
    return all;
  }

  private static void check(Node node, String transformation, String rounding, int rank) {
    allowed("mode", node.text("mode", "nearest"), "nearest", "linear");
    allowed(
        "coordinate_transformation_mode",
        transformation,
        "half_pixel",
        "half_pixel_symmetric",
        "pytorch_half_pixel",
        "align_corners",
        "asymmetric");
    allowed("nearest_mode", rounding, "round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    node.require("antialias", 0);
    long[] all = IntStream.range(0, rank).asLongStream().toArray();
    long[] axes = node.integers("axes").orElse(all);
    if (!Arrays.equals(axes, all)) {
      throw new RefusedNodeException(
          "axes is " + Node.cut(Arrays.toString(axes)) + ", allowed: all axes in order");
    }
  }

  private static void allowed(String attribute, String given, String... all) {
    if (!List.of(all).contains(given)) {
      throw new RefusedNodeException(
          attribute + " is '" + given + "', allowed: " + String.join(", ", all));
    }
  }

  // ---------------------------------------------------------------- one axis

  private Signal nearest(
      Node node, Signal signal, int axis, Stretch stretch, String transformation, String rounding) {
    int[] places = new int[stretch.to()];
    for (int i = 0; i < places.length; i++) {
      double place = stretch.place(i, transformation);
      double rounded =
          switch (rounding) {
            case "floor" -> Math.floor(place);
            case "ceil" -> Math.ceil(place);
            case "round_prefer_ceil" -> Math.floor(place + 0.5);
            default -> Math.ceil(place - 0.5);
          };
      places[i] = (int) Math.max(0, Math.min(stretch.from() - 1, rounded));
    }
    boolean repeats = stretch.whole();
    for (int i = 0; repeats && i < places.length; i++) {
      repeats = places[i] == i / (int) stretch.scale();
    }
    return repeats
        ? repeated(signal, axis, (int) stretch.scale())
        : layers.selected(node.label(), signal, axis, places);
  }

  /** Each value so often: a new axis behind its own, broadcast and merged into it. */
  private Signal repeated(Signal signal, int axis, int times) {
    int[] dims = signal.dims();
    int[] opened = ShapeOperators.insert(dims, axis + 1, 1);
    int[] repeated = ShapeOperators.insert(dims, axis + 1, times);
    int[] merged = dims.clone();
    merged[axis] *= times;
    return Layers.signal(
        layers.reshape(layers.reshape(signal, opened).broadcast(repeated), merged));
  }

  /** Of the values on both sides of each place, each times how near it is. */
  private Signal linear(
      Node node, Signal signal, int axis, Stretch stretch, String transformation) {
    int[] low = new int[stretch.to()];
    int[] high = new int[stretch.to()];
    double[] share = new double[stretch.to()];
    for (int i = 0; i < low.length; i++) {
      double place = Math.max(0, Math.min(stretch.from() - 1.0, stretch.place(i, transformation)));
      low[i] = (int) place;
      high[i] = Math.min(low[i] + 1, stretch.from() - 1);
      share[i] = place - low[i];
    }
    int[] along = new int[signal.rank() - axis];
    Arrays.fill(along, 1);
    along[0] = share.length;
    Tensor upper = Tensor.of(along, false, share.clone());
    Tensor lower = upper.map(false, x -> 1 - x);
    Signal shared = signal.readOnce(false);
    String label = node.label();
    return elementwise.plus(
        node,
        elementwise.times(node, layers.selected(label + ".low", shared, axis, low), lower),
        elementwise.times(node, layers.selected(label + ".high", shared, axis, high), upper));
  }
}
