package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Operators that compute nothing: they take values in another shape, order or selection. They work
 * on constants and on what layers give alike.
 */
final class ShapeOperators {
  private final Layers layers;
  private final TensorReader tensors;

  ShapeOperators(Layers layers, TensorReader tensors) {
    this.layers = layers;
    this.tensors = tensors;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "Identity" -> node.input(0);
          case "Dropout" -> dropout(node);
          case "Cast" -> cast(node);
          case "CastLike" -> castLike(node);
          case "Constant" -> constant(node);
          case "ConstantOfShape" -> constantOfShape(node);
          case "Shape" -> shape(node);
          case "Size" -> Tensor.scalar(true, product(node.input(0).dims()));
          case "Reshape" -> reshape(node);
          case "Flatten" -> flatten(node);
          case "Transpose" -> transpose(node);
          case "Squeeze" -> squeeze(node);
          case "Unsqueeze" -> unsqueeze(node);
          case "Slice" -> slice(node);
          case "Gather" -> gather(node);
          case "Concat" -> concat(node);
          case "Expand" -> expand(node);
          case "Tile" -> tile(node);
          case "Pad" -> pad(node);
          case "DepthToSpace" -> depthToSpace(node);
          case "SpaceToDepth" -> spaceToDepth(node);
          default -> null;
        };
    if (node.operator().equals("Split")) {
      return Optional.of(split(node));
    }
    return Optional.ofNullable(result).map(List::of);
  }

  /** Nothing is dropped at inference. */
  private static Value dropout(Node node) {
    boolean training = node.has(2) && node.constant(2).single() != 0;
    double ratio = node.has(1) ? node.constant(1).single() : node.real("ratio", 0.5);
    if (training && ratio != 0) {
      throw new RefusedNodeException(
          "it drops values at random, for training, allowed: training_mode 0, as after eval()");
    }
    return node.input(0);
  }

  private static Value cast(Node node) {
    long type = node.integer("to", 1);
    boolean integer = type != 1 && type != 10 && type != 11 && type != 16;
    if (node.input(0) instanceof Tensor tensor) {
      boolean truth = type == 9;
      return tensor
          .map(integer, x -> truth ? (x == 0 ? 0 : 1) : integer ? (double) (long) x : x)
          .typed(TensorProto.DataType.forNumber((int) type));
    }
    if (integer) {
      throw new RefusedNodeException("it makes integers of what layers give, allowed: constants");
    }
    return node.input(0);
  }

  private static Value castLike(Node node) {
    boolean truncated =
        node.input(1) instanceof Tensor type
            && type.integer()
            && node.input(0) instanceof Tensor x
            && !x.integer();
    return truncated ? node.constant(0).map(true, value -> (double) (long) value) : node.input(0);
  }

  private Value constant(Node node) {
    if (node.tensor("value").isPresent()) {
      return tensors.read(node.tensor("value").get());
    }
    if (node.integers("value_ints").isPresent()) {
      long[] values = node.integers("value_ints").get();
      return new Tensor(new int[] {values.length}, true, i -> values[i]);
    }
    if (node.reals("value_floats").isPresent()) {
      List<Float> values = node.reals("value_floats").get();
      return new Tensor(new int[] {values.size()}, false, values::get);
    }
    double real = node.real("value_float", Double.NaN);
    if (!Double.isNaN(real)) {
      return Tensor.scalar(false, real);
    }
    long integer = node.integer("value_int", Long.MIN_VALUE);
    if (integer != Long.MIN_VALUE) {
      return Tensor.scalar(true, (double) integer);
    }
    throw new RefusedNodeException("it holds no number, allowed: a tensor, numbers, or a number");
  }

  private Value constantOfShape(Node node) {
    int[] dims = extents(node.constant(0).toIntegers());
    if (node.tensor("value").isEmpty()) {
      return new Tensor(dims, false, i -> 0);
    }
    Tensor value = tensors.read(node.tensor("value").get());
    double single = value.single();
    return new Tensor(dims, value.integer(), i -> single);
  }

  private static int[] extents(long[] values) {
    long product = 1;
    for (long value : values) {
      if (value < 0 || value > Dims.LARGEST) {
        throw new RefusedNodeException(
            "a shape has the extent " + value + ", allowed: 0 to " + Dims.LARGEST);
      }
      product = Math.min(product * Math.max(value, 1), 1L + Dims.LARGEST);
    }
    if (product > Dims.LARGEST) {
      throw new RefusedNodeException(
          "a shape has over " + Dims.LARGEST + " values, allowed: up to that many");
    }
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static double product(int[] dims) {
    return Arrays.stream(dims).asDoubleStream().reduce(1, (a, b) -> a * b);
  }

  private static Value shape(Node node) {
    int[] dims = node.input(0).dims();
    int rank = dims.length;
    int start = bound(node.integer("start", 0), rank);
    int end = bound(node.integer("end", rank), rank);
    return Tensor.integers(start < end ? Arrays.copyOfRange(dims, start, end) : new int[0]);
  }

  private static int bound(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private Value reshape(Node node) {
    int[] dims = node.input(0).dims();
    long[] target =
        node.integers("shape", 1)
            .orElseThrow(() -> new RefusedNodeException("input 1, the shape, is missing"));
    boolean zeroStays = node.integer("allowzero", 0) == 1;
    long known = 1;
    int open = -1;
    for (int i = 0; i < target.length; i++) {
      if (target[i] == 0 && !zeroStays) {
        if (i >= dims.length) {
          throw new RefusedNodeException("its shape copies axis " + i + " of " + Dims.text(dims));
        }
        target[i] = dims[i];
      }
      if (target[i] == -1 && open < 0) {
        open = i;
      } else if (target[i] < 0) {
        throw new RefusedNodeException(
            "its shape is " + Node.cut(Arrays.toString(target)) + ", allowed: one -1");
      } else {
        known = Math.min(known * target[i], Integer.MAX_VALUE);
      }
    }
    long size = (long) product(dims);
    if (open >= 0) {
      target[open] = known == 0 ? 0 : size / known;
    }
    int[] result = extents(target);
    if ((long) product(result) != size) {
      throw new RefusedNodeException(
          "it makes the shape "
              + Node.cut(Arrays.toString(target))
              + " of "
              + Dims.text(dims)
              + ", allowed: as many values");
    }
    return layers.reshape(node.input(0), result);
  }

  private Value flatten(Node node) {
    int[] dims = node.input(0).dims();
    long given = node.integer("axis", 1);
    int axis = given == dims.length ? dims.length : Dims.axis(given, dims.length);
    int outer = (int) product(Arrays.copyOf(dims, axis));
    return layers.reshape(
        node.input(0), new int[] {outer, outer == 0 ? 0 : (int) product(dims) / outer});
  }

  private static Value transpose(Node node) {
    int rank = node.input(0).dims().length;
    long[] order =
        node.integers("perm")
            .orElseGet(() -> IntStream.range(0, rank).mapToLong(i -> rank - 1L - i).toArray());
    int[] axes = Arrays.stream(order).mapToInt(axis -> Dims.axis(axis, rank)).toArray();
    if (axes.length != rank || Arrays.stream(axes).distinct().count() != rank) {
      throw new RefusedNodeException(
          "perm is " + Node.cut(Arrays.toString(order)) + ", allowed: each axis once");
    }
    return node.input(0).transpose(axes);
  }

  private Value squeeze(Node node) {
    int[] dims = node.input(0).dims();
    boolean[] gone = new boolean[dims.length];
    Optional<long[]> axes = node.integers("axes", 1);
    for (int axis = 0; axis < dims.length; axis++) {
      gone[axis] = axes.isEmpty() && dims[axis] == 1;
    }
    for (long axis : axes.orElse(new long[0])) {
      int found = Dims.axis(axis, dims.length);
      if (dims[found] != 1) {
        throw new RefusedNodeException(
            "it leaves out axis " + axis + " of " + Dims.text(dims) + ", allowed: extents of 1");
      }
      gone[found] = true;
    }
    int[] left = IntStream.range(0, dims.length).filter(i -> !gone[i]).map(i -> dims[i]).toArray();
    return layers.reshape(node.input(0), left);
  }

  private Value unsqueeze(Node node) {
    int[] dims = node.input(0).dims();
    long[] axes =
        node.integers("axes", 1)
            .orElseThrow(() -> new RefusedNodeException("input 1, the axes, is missing"));
    int rank = dims.length + axes.length;
    boolean[] added = new boolean[rank];
    for (long axis : axes) {
      added[Dims.axis(axis, rank)] = true;
    }
    int[] result = new int[rank];
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (!added[axis] && at == dims.length) {
        throw new RefusedNodeException("an axis is added twice");
      }
      result[axis] = added[axis] ? 1 : dims[at++];
    }
    return layers.reshape(node.input(0), result);
  }

  private static Value slice(Node node) {
    int[] dims = node.input(0).dims();
    long[] starts = node.integers("starts", 1).orElseThrow(() -> missing("starts"));
    long[] ends = node.integers("ends", 2).orElseThrow(() -> missing("ends"));
    long[] axes =
        node.integers("axes", 3)
            .orElseGet(() -> IntStream.range(0, starts.length).asLongStream().toArray());
    long[] steps =
        node.optionalConstant(4)
            .map(Tensor::toIntegers)
            .orElseGet(() -> Arrays.stream(starts).map(start -> 1).toArray());
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw new RefusedNodeException("starts, ends, axes and steps differ in length");
    }
    Value result = node.input(0);
    for (int i = 0; i < starts.length; i++) {
      int axis = Dims.axis(axes[i], dims.length);
      int extent = dims[axis];
      long step = Math.max(-1L - extent, Math.min(1L + extent, steps[i]));
      if (step == 0) {
        throw new RefusedNodeException("a step is 0");
      }
      long from = starts[i] < 0 ? starts[i] + extent : starts[i];
      long to = ends[i] < 0 ? ends[i] + extent : ends[i];
      long lowest = step > 0 ? 0 : -1;
      long highest = step > 0 ? extent : extent - 1L;
      from = Math.max(0, Math.min(highest, from));
      to = Math.max(lowest, Math.min(highest, to));
      long count = step > 0 ? (to - from + step - 1) / step : (to - from + step + 1) / step;
      count = Math.max(0, count);
      if (count == 0 && result instanceof Signal) {
        throw new RefusedNodeException("it selects nothing along axis " + axis);
      }
      result = result.slice(axis, (int) from, (int) step, (int) count);
    }
    return result;
  }

  private static RefusedNodeException missing(String what) {
    return new RefusedNodeException("the " + what + " are missing");
  }

  private Value gather(Node node) {
    Value from = node.input(0);
    int[] dims = from.dims();
    int axis = Dims.axis(node.integer("axis", 0), dims.length);
    Tensor indices = node.constant(1);
    long[] places = indices.toIntegers();
    for (int i = 0; i < places.length; i++) {
      places[i] = Dims.axis(places[i], dims[axis]);
    }
    List<Integer> target = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      if (i == axis) {
        Arrays.stream(indices.dims()).forEach(target::add);
      } else {
        target.add(dims[i]);
      }
    }
    int[] result = target.stream().mapToInt(Integer::intValue).toArray();
    if (from instanceof Tensor tensor) {
      int inner = (int) product(Arrays.copyOfRange(dims, axis + 1, dims.length));
      int extent = dims[axis];
      int count = places.length;
      // The places are asked for again rather than kept: they may be many.
      return Tensor.derived(
          result,
          tensor.integer(),
          i -> {
            int place = Dims.axis((long) indices.at(i / inner % count), extent);
            return tensor.at((i / inner / count * extent + place) * inner + i % inner);
          },
          List.of(tensor, indices));
    }
    int[] all = Arrays.stream(places).mapToInt(place -> (int) place).toArray();
    return layers.reshape(layers.selected(node.label(), Layers.signal(from), axis, all), result);
  }

  private Value concat(Node node) {
    List<Value> parts = node.inputs();
    if (parts.isEmpty() || parts.contains(null)) {
      throw new RefusedNodeException("it joins nothing");
    }
    int rank = parts.get(0).dims().length;
    int axis = Dims.axis(node.integer("axis", 0), rank);
    for (Value part : parts) {
      int[] dims = part.dims();
      boolean fits = dims.length == rank;
      for (int i = 0; fits && i < rank; i++) {
        fits = i == axis || dims[i] == parts.get(0).dims()[i];
      }
      if (!fits) {
        throw new RefusedNodeException(
            "it joins the shapes "
                + Dims.text(parts.get(0).dims())
                + " and "
                + Dims.text(dims)
                + ", allowed: the same but for axis "
                + axis);
      }
    }
    if (parts.stream().allMatch(part -> part instanceof Tensor)) {
      return joined(parts.stream().map(part -> (Tensor) part).toList(), axis);
    }
    String label = node.label();
    return layers.concatenate(
        label, parts.stream().map(part -> layers.made(label + ".constant", part)).toList(), axis);
  }

  private static Tensor joined(List<Tensor> parts, int axis) {
    int[] dims = parts.get(0).dims();
    long places = parts.stream().mapToLong(part -> part.dims()[axis]).sum();
    if (places > Dims.LARGEST) {
      throw new RefusedNodeException(
          "it joins " + places + " places along axis " + axis + ", allowed: up to " + Dims.LARGEST);
    }
    dims[axis] = (int) places;
    int inner = (int) product(Arrays.copyOfRange(dims, axis + 1, dims.length));
    int extent = dims[axis];
    boolean integer = parts.stream().allMatch(Tensor::integer);
    return Tensor.derived(
        dims,
        integer,
        i -> {
          int along = i / inner % extent;
          for (Tensor part : parts) {
            int own = part.dims()[axis];
            if (along < own) {
              return part.at((i / inner / extent * own + along) * inner + i % inner);
            }
            along -= own;
          }
          throw new IllegalStateException("no part holds place " + i);
        },
        parts);
  }

  private List<Value> split(Node node) {
    int[] dims = node.input(0).dims();
    int axis = Dims.axis(node.integer("axis", 0), dims.length);
    int outputs = node.proto().getOutputCount();
    int each = (dims[axis] + outputs - 1) / outputs;
    long[] sizes =
        node.integers("split", 1)
            .orElseGet(
                () ->
                    IntStream.range(0, outputs)
                        .mapToLong(i -> Math.min(each, dims[axis] - (long) i * each))
                        .toArray());
    if (sizes.length != outputs || Arrays.stream(sizes).sum() != dims[axis]) {
      throw new RefusedNodeException(
          "it splits "
              + dims[axis]
              + " into "
              + Node.cut(Arrays.toString(sizes))
              + " for "
              + outputs
              + " outputs");
    }
    List<Value> parts = new ArrayList<>();
    int start = 0;
    for (long size : sizes) {
      if (size < 1 || size > dims[axis]) {
        throw new RefusedNodeException(
            "a part has " + size + " values, allowed: 1 to " + dims[axis]);
      }
      parts.add(node.input(0).slice(axis, start, 1, (int) size));
      start += (int) size;
    }
    return parts;
  }

  private static Value expand(Node node) {
    int[] target = Dims.broadcast(node.input(0).dims(), extents(node.constant(1).toIntegers()));
    Dims.size(target);
    return node.input(0).broadcast(target);
  }

  private Value tile(Node node) {
    Value result = node.input(0);
    long[] repeats = node.constant(1).toIntegers();
    if (repeats.length != result.dims().length) {
      throw new RefusedNodeException(
          "it has " + repeats.length + " repeats for " + result.dims().length + " axes");
    }
    for (int axis = 0; axis < repeats.length; axis++) {
      int[] dims = result.dims();
      if (repeats[axis] == 1) {
        continue;
      }
      // A new axis in front of the repeated one, broadcast and merged into it.
      int[] opened = insert(dims, axis, 1);
      int[] repeated = insert(dims, axis, extents(new long[] {repeats[axis]})[0]);
      Dims.size(repeated);
      int[] merged = dims.clone();
      merged[axis] *= repeated[axis];
      result = layers.reshape(layers.reshape(result, opened).broadcast(repeated), merged);
    }
    return result;
  }

  static int[] insert(int[] dims, int axis, int extent) {
    int[] more = new int[dims.length + 1];
    System.arraycopy(dims, 0, more, 0, axis);
    more[axis] = extent;
    System.arraycopy(dims, axis, more, axis + 1, dims.length - axis);
    return more;
  }

  private Value pad(Node node) {
    int[] dims = node.input(0).dims();
    String mode = node.text("mode", "constant");
    long[] pads =
        node.integers("pads", 1)
            .orElseThrow(() -> new RefusedNodeException("input 1, the pads, is missing"));
    long[] axes =
        node.optionalConstant(3)
            .map(Tensor::toIntegers)
            .orElseGet(() -> IntStream.range(0, dims.length).asLongStream().toArray());
    if (pads.length != 2 * axes.length) {
      throw new RefusedNodeException(
          "it has " + pads.length + " pads for " + axes.length + " axes");
    }
    double value = node.has(2) ? node.constant(2).single() : node.real("value", 0);
    Value result = node.input(0);
    for (int i = 0; i < axes.length; i++) {
      int axis = Dims.axis(axes[i], dims.length);
      result = pad(node, result, axis, pads[i], pads[i + axes.length], mode, value);
    }
    if (mode.equals("constant") && value == 0) {
      keepBorder(node.input(0), result, axes, pads);
    }
    return result;
  }

  /** Zeros around feature maps can be the padding of the convolution that reads them. */
  private void keepBorder(Value from, Value to, long[] axes, long[] pads) {
    int rank = from.dims().length;
    if (rank < 3 || !(from instanceof Signal inner) || !(to instanceof Signal outer)) {
      return;
    }
    int[] before = new int[rank - 2];
    int[] after = new int[rank - 2];
    for (int i = 0; i < axes.length; i++) {
      int axis = Dims.axis(axes[i], rank);
      boolean none = pads[i] == 0 && pads[i + axes.length] == 0;
      if (pads[i] < 0 || pads[i + axes.length] < 0 || (axis < 2 && !none)) {
        return;
      }
      if (axis >= 2) {
        before[axis - 2] += (int) pads[i];
        after[axis - 2] += (int) pads[i + axes.length];
      }
    }
    layers.keep(new Layers.Border(inner.readOnce(false), outer, before, after));
  }

  private Value pad(
      Node node, Value from, int axis, long before, long after, String mode, double value) {
    if (before == 0 && after == 0) {
      return from;
    }
    int extent = from.dims()[axis];
    if (before < 0 || after < 0) {
      return cropped(node, from, axis, before, after, mode, value);
    }
    if (before > Dims.LARGEST || after > Dims.LARGEST) {
      throw new RefusedNodeException(
          "a pad is " + Math.max(before, after) + ", allowed: up to " + Dims.LARGEST);
    }
    Signal signal = Layers.signal(from);
    List<Signal> parts = new ArrayList<>();
    switch (mode) {
      case "reflect" -> {
        if (before >= extent || after >= extent) {
          throw new RefusedNodeException(
              "it reflects " + Math.max(before, after) + " of " + extent + " values");
        }
        if (before > 0) {
          parts.add(signal.slice(axis, (int) before, -1, (int) before));
        }
        parts.add(signal);
        if (after > 0) {
          parts.add(signal.slice(axis, extent - 2, -1, (int) after));
        }
      }
      case "edge" -> {
        if (before > 0) {
          parts.add(signal.slice(axis, 0, 0, (int) before));
        }
        parts.add(signal);
        if (after > 0) {
          parts.add(signal.slice(axis, extent - 1, 0, (int) after));
        }
      }
      case "wrap" -> {
        if (before > extent || after > extent) {
          throw new RefusedNodeException(
              "it wraps " + Math.max(before, after) + " of " + extent + " values around");
        }
        if (before > 0) {
          parts.add(signal.slice(axis, (int) (extent - before), 1, (int) before));
        }
        parts.add(signal);
        if (after > 0) {
          parts.add(signal.slice(axis, 0, 1, (int) after));
        }
      }
      case "constant" -> {
        int[] front = new int[from.dims().length - axis];
        int[] back = front.clone();
        front[0] = (int) before;
        back[0] = (int) after;
        return layers.bordered(node.label(), signal, front, back, value);
      }
      default ->
          throw new RefusedNodeException(
              "mode is '" + mode + "', allowed: constant, reflect, edge, wrap");
    }
    return layers.concatenate(node.label(), parts, axis);
  }

  /** Negative pads leave values out. */
  private Value cropped(
      Node node, Value from, int axis, long before, long after, String mode, double value) {
    int extent = from.dims()[axis];
    long start = Math.max(0, -before);
    long count = extent - start - Math.max(0, -after);
    if (count < 1 || start >= extent) {
      throw new RefusedNodeException("its pads leave nothing of axis " + axis);
    }
    Value left = from.slice(axis, (int) start, 1, (int) count);
    return pad(node, left, axis, Math.max(0, before), Math.max(0, after), mode, value);
  }

  private Value depthToSpace(Node node) {
    int[] dims = maps(node);
    int block = block(node);
    int channels = dims[1] / (block * block);
    if (channels * block * block != dims[1]) {
      throw new RefusedNodeException(
          dims[1] + " channels cannot be shared out to blocks of " + block);
    }
    boolean columns = node.text("mode", "DCR").equals("CRD");
    int[] opened =
        columns
            ? new int[] {dims[0], channels, block, block, dims[2], dims[3]}
            : new int[] {dims[0], block, block, channels, dims[2], dims[3]};
    int[] order = columns ? new int[] {0, 1, 4, 2, 5, 3} : new int[] {0, 3, 4, 1, 5, 2};
    return layers.reshape(
        layers.reshape(node.input(0), opened).transpose(order),
        new int[] {dims[0], channels, dims[2] * block, dims[3] * block});
  }

  private Value spaceToDepth(Node node) {
    int[] dims = maps(node);
    int block = block(node);
    if (dims[2] % block != 0 || dims[3] % block != 0) {
      throw new RefusedNodeException(
          Dims.text(dims) + " cannot be divided into blocks of " + block);
    }
    int[] opened = new int[] {dims[0], dims[1], dims[2] / block, block, dims[3] / block, block};
    return layers.reshape(
        layers.reshape(node.input(0), opened).transpose(0, 3, 5, 1, 2, 4),
        new int[] {dims[0], dims[1] * block * block, dims[2] / block, dims[3] / block});
  }

  private static int[] maps(Node node) {
    int[] dims = node.input(0).dims();
    if (dims.length != 4) {
      throw new RefusedNodeException("it reads the shape " + Dims.text(dims) + ", allowed: 4 axes");
    }
    return dims;
  }

  private static int block(Node node) {
    long block = node.integer("blocksize", 0);
    if (block < 1 || block > 1024) {
      throw new RefusedNodeException("blocksize is " + block + ", allowed: 1 to 1024");
    }
    return (int) block;
  }
}
