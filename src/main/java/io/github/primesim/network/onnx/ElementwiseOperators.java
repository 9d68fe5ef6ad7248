package io.github.primesim.network.onnx;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.ScalarFunction.Kind;
import io.github.primesim.network.ScalarFunction.Step;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Softmax;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Operators that compute each value by itself: functions are tables, constants are folded into
 * weights or tables where they can be, and the rest runs on the elementwise unit.
 */
final class ElementwiseOperators {
  private final Layers layers;

  ElementwiseOperators(Layers layers) {
    this.layers = layers;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "Relu" -> layers.activation(node.label(), node.signal(0), Activation.RELU);
          case "Sigmoid" -> layers.activation(node.label(), node.signal(0), Activation.SIGMOID);
          case "Tanh" -> layers.activation(node.label(), node.signal(0), Activation.TANH);
          case "Exp" -> function(node, Step.of(Kind.EXP));
          case "Log" -> function(node, Step.of(Kind.LOG));
          case "Sqrt" -> function(node, Step.of(Kind.SQRT));
          case "Abs" -> function(node, Step.of(Kind.ABS));
          case "Erf" -> function(node, Step.of(Kind.ERF));
          case "Sin" -> function(node, Step.of(Kind.SIN));
          case "Cos" -> function(node, Step.of(Kind.COS));
          case "Floor" -> function(node, Step.of(Kind.FLOOR));
          case "Ceil" -> function(node, Step.of(Kind.CEIL));
          case "Round" -> function(node, Step.of(Kind.ROUND, 1));
          case "Sign" -> function(node, Step.of(Kind.SIGN));
          case "Reciprocal" -> function(node, Step.of(Kind.RECIPROCAL));
          case "Softplus" -> function(node, Step.of(Kind.SOFTPLUS));
          case "Neg" -> layers.scale(node.label(), node.signal(0), -1, 0);
          case "LeakyRelu" -> function(node, Step.of(Kind.LEAKY, node.real("alpha", 0.01)));
          case "Elu" -> function(node, Step.of(Kind.ELU, node.real("alpha", 1)));
          case "Selu" ->
              function(
                  node,
                  Step.of(Kind.ELU, node.real("alpha", 1.6732631921768188)),
                  Step.of(Kind.MULTIPLY, node.real("gamma", 1.0507010221481323)));
          case "Celu" -> {
            double alpha = node.real("alpha", 1);
            yield function(
                node,
                Step.of(Kind.MULTIPLY, 1 / alpha),
                Step.of(Kind.ELU, 1),
                Step.of(Kind.MULTIPLY, alpha));
          }
          case "Gelu" -> gelu(node);
          case "Mish" -> function(node, Step.of(Kind.MISH));
          case "Softsign" -> function(node, Step.of(Kind.SOFTSIGN));
          case "ThresholdedRelu" -> function(node, Step.of(Kind.THRESHOLD, node.real("alpha", 1)));
          case "HardSigmoid" ->
              function(
                  node,
                  Step.of(Kind.MULTIPLY, node.real("alpha", 0.2)),
                  Step.of(Kind.ADD, node.real("beta", 0.5)),
                  Step.of(Kind.CLIP, 0, 1));
          case "HardSwish" -> hardSwish(node);
          case "Swish" -> swish(node);
          case "ai.onnx.ml.Scaler" -> scaler(node);
          case "Clip" -> clip(node);
          case "PRelu" -> parametricRelu(node);
          case "Pow" -> power(node);
          case "Add" -> plus(node, node.input(0), node.input(1));
          case "Sum" -> sum(node);
          case "Sub" -> minus(node);
          case "Mul" -> times(node, node.input(0), node.input(1));
          case "Div" -> divided(node);
          case "Max" -> extreme(node, true);
          case "Min" -> extreme(node, false);
          case "BatchNormalization" -> batchNormalization(node);
          case "Softmax" -> softmax(node);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  private Signal function(Node node, Step... steps) {
    return layers.lookup(node.label(), node.signal(0), new ScalarFunction(List.of(steps)));
  }

  // ---------------------------------------------------------------- functions

  private Signal gelu(Node node) {
    String approximate = node.text("approximate", "none");
    return switch (approximate) {
      case "none" -> function(node, Step.of(Kind.GELU));
      case "tanh" -> function(node, Step.of(Kind.GELU_TANH));
      default ->
          throw new RefusedNodeException(
              "approximate is '" + approximate + "', allowed: none, tanh");
    };
  }

  private Signal hardSwish(Node node) {
    Signal x = node.signal(0).readOnce(false);
    Signal gate =
        layers.lookup(
            node.label() + ".gate",
            x,
            new ScalarFunction(
                List.of(
                    Step.of(Kind.MULTIPLY, 1.0 / 6),
                    Step.of(Kind.ADD, 0.5),
                    Step.of(Kind.CLIP, 0, 1))));
    return multiply(node.label(), x, gate);
  }

  /** x times the sigmoid of alpha x. */
  private Signal swish(Node node) {
    Signal x = node.signal(0).readOnce(false);
    Signal scaled = layers.scale(node.label() + ".scaled", x, node.real("alpha", 1), 0);
    return multiply(
        node.label(), x, layers.activation(node.label() + ".gate", scaled, Activation.SIGMOID));
  }

  /** The standardisation before a network of scikit-learn: (x - offset) * scale. */
  private Signal scaler(Node node) {
    Signal x = node.signal(0);
    int features = x.rank() == 0 ? 0 : x.dims()[x.rank() - 1];
    Tensor offset = each(node, "offset", features, 0);
    Tensor scale = each(node, "scale", features, 1);
    Tensor shift = ConstantFolding.binary(offset, scale, false, (a, b) -> -a * b);
    return constants(node.label(), x, scale, shift);
  }

  private static Tensor each(Node node, String attribute, int features, double absent) {
    List<Float> given = node.reals(attribute).orElse(List.of());
    if (given.isEmpty()) {
      return Tensor.scalar(false, absent);
    }
    if (given.size() != 1 && given.size() != features) {
      throw new RefusedNodeException(
          attribute + " has " + given.size() + " values, allowed: 1 or " + features);
    }
    return new Tensor(new int[] {given.size()}, false, given::get);
  }

  private Value clip(Node node) {
    Value x = node.input(0);
    boolean computed = false;
    for (int i = 1; i <= 2; i++) {
      computed |= node.has(i) && node.input(i) instanceof Signal;
    }
    if (computed) {
      Value raised = node.has(1) ? extreme(node, x, node.input(1), true) : x;
      return node.has(2) ? extreme(node, raised, node.input(2), false) : raised;
    }
    double least =
        node.has(1) ? node.constant(1).single() : node.real("min", Double.NEGATIVE_INFINITY);
    double most =
        node.has(2) ? node.constant(2).single() : node.real("max", Double.POSITIVE_INFINITY);
    if (least == 0 && most == Double.POSITIVE_INFINITY) {
      return layers.activation(node.label(), node.signal(0), Activation.RELU);
    }
    return function(node, Step.of(Kind.CLIP, least, most));
  }

  /** The positive part, and the negative part with a slope for each channel. */
  private Value parametricRelu(Node node) {
    Tensor slope = node.constant(1);
    Signal x = node.signal(0);
    keeps(x, slope, "slope");
    if (slope.uniform().isPresent()) {
      return function(node, Step.of(Kind.LEAKY, slope.uniform().get()));
    }
    Signal shared = x.readOnce(false);
    Signal positive =
        layers.lookup(node.label() + ".positive", shared, ScalarFunction.of(Kind.RELU));
    Signal negative =
        layers.lookup(node.label() + ".negative", shared, ScalarFunction.of(Kind.MINIMUM, 0));
    return plus(node, positive, times(node, negative.readOnce(false), slope));
  }

  private Signal power(Node node) {
    Tensor exponents = node.constant(1);
    keeps(node.signal(0), exponents, "exponent");
    double exponent =
        exponents
            .uniform()
            .orElseThrow(() -> new RefusedNodeException("it has several exponents, allowed: one"));
    return function(node, Step.of(Kind.POWER, exponent));
  }

  /** Refuses a constant that cannot be repeated to the shape of a signal. */
  private static void keeps(Signal x, Tensor constant, String what) {
    int[] dims = constant.dims();
    int rank = x.rank();
    boolean fits = dims.length <= rank;
    for (int axis = 0; fits && axis < rank; axis++) {
      int extent = Dims.extent(dims, rank, axis);
      fits = extent == 1 || extent == x.dims()[axis];
    }
    if (!fits) {
      throw new RefusedNodeException(
          "its "
              + what
              + " has the shape "
              + Dims.text(dims)
              + ", allowed: what can be broadcast to "
              + Dims.text(x.dims()));
    }
  }

  // ---------------------------------------------------------------- two operands

  /** The sum of two values. */
  Signal plus(Node node, Value a, Value b) {
    if (a instanceof Signal x && b instanceof Tensor constant) {
      return constants(node.label(), x, Tensor.scalar(false, 1), constant);
    }
    if (a instanceof Tensor constant && b instanceof Signal x) {
      return constants(node.label(), x, Tensor.scalar(false, 1), constant);
    }
    return layers.combine(
        node.label(), Layers.signal(a), Layers.signal(b), WeightOperators::addition);
  }

  private Value sum(Node node) {
    Value result = node.input(0);
    for (int i = 1; i < node.inputs().size(); i++) {
      result = plus(node, result, node.input(i));
    }
    return result;
  }

  private Signal minus(Node node) {
    Value a = node.input(0);
    Value b = node.input(1);
    if (b instanceof Tensor constant) {
      return constants(
          node.label(), Layers.signal(a), Tensor.scalar(false, 1), constant.map(false, x -> -x));
    }
    Signal subtracted = layers.scale(node.label() + ".negative", Layers.signal(b), -1, 0);
    return plus(node, a, subtracted);
  }

  /** The product of two values. */
  Signal times(Node node, Value a, Value b) {
    if (a instanceof Signal x && b instanceof Tensor constant) {
      return constants(node.label(), x, constant, Tensor.scalar(false, 0));
    }
    if (a instanceof Tensor constant && b instanceof Signal x) {
      return constants(node.label(), x, constant, Tensor.scalar(false, 0));
    }
    return multiply(node.label(), Layers.signal(a), Layers.signal(b));
  }

  private Signal multiply(String label, Signal a, Signal b) {
    return layers.combine(
        label, a, b, (name, inputs) -> new Product(name, inputs, Activation.NONE));
  }

  private Signal divided(Node node) {
    Value a = node.input(0);
    Value b = node.input(1);
    if (b instanceof Tensor constant) {
      return constants(
          node.label(), Layers.signal(a), constant.map(false, x -> 1 / x), Tensor.scalar(false, 0));
    }
    Signal inverse =
        layers.lookup(
            node.label() + ".inverse", Layers.signal(b), ScalarFunction.of(Kind.RECIPROCAL));
    return times(node, a, inverse);
  }

  /** The largest or smallest of the values of all inputs. */
  private Value extreme(Node node, boolean largest) {
    Value result = node.input(0);
    for (int i = 1; i < node.inputs().size(); i++) {
      result = extreme(node, result, node.input(i), largest);
    }
    return result;
  }

  /** The larger or smaller one of each pair of values. */
  private Value extreme(Node node, Value a, Value b, boolean largest) {
    if (a instanceof Tensor x && b instanceof Tensor y) {
      return ConstantFolding.binary(x, y, false, largest ? Math::max : Math::min);
    }
    if (a instanceof Tensor constant) {
      return bounded(node, Layers.signal(b), constant, largest);
    }
    if (b instanceof Tensor constant) {
      return bounded(node, Layers.signal(a), constant, largest);
    }
    return pooled(node, Layers.signal(a), Layers.signal(b), largest);
  }

  private Signal bounded(Node node, Signal x, Tensor constant, boolean largest) {
    Optional<Double> bound = constant.uniform();
    double none = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    if (constant.size() == 1 && constant.at(0) == none) {
      return x;
    }
    boolean keeps = Arrays.equals(Dims.broadcast(x.dims(), constant.dims()), x.dims());
    if (bound.isEmpty() || !keeps) {
      return pooled(node, x, layers.made(node.label() + ".bounds", constant), largest);
    }
    if (largest && bound.get() == 0) {
      return layers.activation(node.label(), x, Activation.RELU);
    }
    return layers.lookup(
        node.label(), x, ScalarFunction.of(largest ? Kind.MAXIMUM : Kind.MINIMUM, bound.get()));
  }

  /** A maximum pooling over two values laid beside each other; a minimum is that of negatives. */
  private Signal pooled(Node node, Signal a, Signal b, boolean largest) {
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    int size = Dims.size(dims);
    double sign = largest ? 1 : -1;
    Signal left = flat(layers.scale(node.label() + ".first", a, sign, 0), dims, size);
    Signal right = flat(layers.scale(node.label() + ".second", b, sign, 0), dims, size);
    Signal pairs = layers.concatenate(node.label() + ".pairs", List.of(left, right), 0);
    String name = layers.name(node.label());
    layers.add(
        new Pooling(
            name,
            List.of(layers.read(pairs.transpose(1, 0), new Shape(size, 2, 1))),
            Pooling.Kind.MAX,
            2,
            1,
            2,
            1,
            0,
            0),
        Shape.vector(size));
    return layers.scale(node.label() + ".sign", Signal.of(name, dims), sign, 0);
  }

  private Signal flat(Signal signal, int[] dims, int size) {
    return Layers.signal(layers.reshape(signal.broadcast(dims), new int[] {1, size}));
  }

  // ---------------------------------------------------------------- constants

  /** Each value times a constant, plus another one; either may be broadcast, or the signal. */
  private Signal constants(String label, Signal signal, Tensor factor, Tensor offset) {
    int[] dims = Dims.broadcast(signal.dims(), Dims.broadcast(factor.dims(), offset.dims()));
    Dims.size(dims);
    Signal x = signal.broadcast(dims);
    Optional<Double> oneFactor = factor.uniform();
    Optional<Double> oneOffset = offset.uniform();
    if (oneFactor.isPresent() && oneOffset.isPresent()) {
      Layers.finite(oneFactor.get());
      Layers.finite(oneOffset.get());
      return layers.scale(label, x, oneFactor.get(), oneOffset.get());
    }
    int[] varying =
        IntStream.range(0, dims.length)
            .filter(
                i ->
                    Dims.extent(factor.dims(), dims.length, i) > 1
                        || Dims.extent(offset.dims(), dims.length, i) > 1)
            .toArray();
    Tensor factors = factor.broadcast(dims);
    Tensor offsets = offset.broadcast(dims);
    if (varying.length == 1) {
      int axis = varying[0];
      int stride = Dims.rowMajor(dims)[axis];
      return layers.affine(
          label, x, axis, values(factors, dims[axis], stride), values(offsets, dims[axis], stride));
    }
    int size = x.size();
    Signal flat = Layers.signal(layers.reshape(x, new int[] {size}));
    Signal result =
        layers.affine(label, flat, 0, values(factors, size, 1), values(offsets, size, 1));
    return Layers.signal(layers.reshape(result, dims));
  }

  private static double[] values(Tensor tensor, int count, int stride) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> Layers.finite(tensor.at(i * stride)));
    return values;
  }

  private Signal batchNormalization(Node node) {
    Signal x = node.signal(0);
    node.require("training_mode", 0);
    int channels = x.rank() < 2 ? 0 : x.dims()[1];
    Tensor[] parts = new Tensor[4];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = node.constant(1 + i);
      if (parts[i].size() != channels || channels == 0) {
        throw new RefusedNodeException(
            "input "
                + (1 + i)
                + " has "
                + parts[i].size()
                + " values for "
                + channels
                + " channels");
      }
    }
    double epsilon = node.real("epsilon", 1e-5);
    double[] factors = new double[channels];
    double[] offsets = new double[channels];
    for (int i = 0; i < channels; i++) {
      double variance = parts[3].at(i) + epsilon;
      if (!(variance > 0)) {
        throw new RefusedNodeException(
            "the variance of channel " + i + " is " + parts[3].at(i) + ", allowed: 0 and above");
      }
      factors[i] = Layers.finite(parts[0].at(i) / Math.sqrt(variance));
      offsets[i] = Layers.finite(parts[1].at(i) - parts[2].at(i) * factors[i]);
    }
    return layers.affine(node.label(), x, 1, factors, offsets);
  }

  // ---------------------------------------------------------------- softmax

  private Signal softmax(Node node) {
    Signal x = node.signal(0);
    int rank = x.rank();
    int axis = Dims.axis(node.integer("axis", node.opset() < 13 ? 1 : -1), Math.max(rank, 1));
    Signal read = x;
    int[] dims = x.dims();
    if (node.opset() < 13) {
      // Old operator sets take everything from the axis on together.
      int outer = Arrays.stream(dims).limit(axis).reduce(1, (a, b) -> a * b);
      read = Layers.signal(layers.reshape(x, new int[] {outer, x.size() / outer}));
      axis = 1;
    }
    int extent = read.dims()[axis];
    int[] order = Dims.first(read.rank(), axis);
    Signal moved = read.transpose(order);
    Shape shape = new Shape(extent, read.size() / extent, 1);
    String name = layers.name(node.label());
    layers.add(new Softmax(name, List.of(layers.read(moved, shape))), shape);
    Signal result = Signal.of(name, moved.dims()).transpose(Layers.inverse(order));
    return Layers.signal(layers.reshape(result, dims));
  }
}
