package io.github.primesim.network.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/** Computes nodes whose inputs are all known at import, as exporters write them around shapes. */
final class ConstantFolding {
  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          Map.entry("Neg", x -> -x),
          Map.entry("Abs", Math::abs),
          Map.entry("Sqrt", Math::sqrt),
          Map.entry("Exp", Math::exp),
          Map.entry("Log", Math::log),
          Map.entry("Floor", Math::floor),
          Map.entry("Ceil", Math::ceil),
          Map.entry("Round", Math::rint),
          Map.entry("Sign", Math::signum),
          Map.entry("Reciprocal", x -> 1 / x),
          Map.entry("Relu", x -> Math.max(x, 0)),
          Map.entry("Sigmoid", x -> 1 / (1 + Math.exp(-x))),
          Map.entry("Tanh", Math::tanh),
          Map.entry("Erf", Erf::erf),
          Map.entry("Sin", Math::sin),
          Map.entry("Cos", Math::cos));

  private static final Map<String, DoubleBinaryOperator> ARITHMETIC =
      Map.of(
          "Add", Double::sum,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Pow", Math::pow,
          "Min", Math::min,
          "Max", Math::max);

  private static final Map<String, DoubleBinaryOperator> LOGIC =
      Map.of(
          "Equal", (a, b) -> truth(a == b),
          "Less", (a, b) -> truth(a < b),
          "LessOrEqual", (a, b) -> truth(a <= b),
          "Greater", (a, b) -> truth(a > b),
          "GreaterOrEqual", (a, b) -> truth(a >= b),
          "And", (a, b) -> truth(a != 0 && b != 0),
          "Or", (a, b) -> truth(a != 0 || b != 0),
          "Xor", (a, b) -> truth((a != 0) != (b != 0)));

  private ConstantFolding() {}

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  /**
   * The results of a node; empty where nothing is known about how to compute them.
   *
   * @param folded what constants have cost so far
   */
  static Optional<List<Value>> fold(Node node, FoldedConstants folded) {
    String operator = node.operator();
    if (UNARY.containsKey(operator)) {
      Tensor x = node.constant(0);
      return one(folded, x.map(x.integer(), UNARY.get(operator)));
    }
    if (ARITHMETIC.containsKey(operator)) {
      Tensor result = node.constant(0);
      for (int i = 1; i < node.inputs().size(); i++) {
        Tensor next = node.constant(i);
        result = binary(result, next, result.integer(), ARITHMETIC.get(operator));
      }
      return one(folded, result);
    }
    if (LOGIC.containsKey(operator)) {
      return one(folded, binary(node.constant(0), node.constant(1), true, LOGIC.get(operator)));
    }
    return switch (operator) {
      case "Div" -> one(folded, divide(node));
      case "Mod" -> one(folded, remainder(node));
      case "Not" -> one(folded, node.constant(0).map(true, x -> truth(x == 0)));
      case "Where" -> one(folded, where(node));
      case "Range" -> one(folded, range(node));
      case "ConstantOfShape" -> throw new IllegalStateException("read with its tensor");
      case "ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceMean" ->
          one(folded, reduce(node, folded));
      case "Clip" -> one(folded, clip(node));
      case "DequantizeLinear" -> one(folded, dequantize(node));
      case "QuantizeLinear" -> one(folded, quantize(node));
      case "MatMul" -> product(node.constant(0), node.constant(1), folded).map(List::of);
      case "Gemm" -> gemm(node, folded);
      case "GatherND" -> one(folded, ConstantPlaces.gather(node, folded));
      case "ScatterND" -> one(folded, ConstantPlaces.scatter(node, folded));
      case "Trilu" -> one(folded, triangle(node));
      case "NonZero" -> one(folded, nonZero(node.constant(0), folded));
      default -> Optional.empty();
    };
  }

  private static Optional<List<Value>> one(FoldedConstants folded, Tensor result) {
    // Large ones stay as they are: weights are decoded when a layer asks for them.
    boolean small = result.size() <= 1 << 16;
    if (!small || result.size() == 0) {
      return Optional.of(List.of(result));
    }
    folded.spend((double) result.size() * Math.max(1, result.steps() - 1));
    return Optional.of(List.of(result.computed()));
  }

  static Tensor binary(Tensor a, Tensor b, boolean integer, DoubleBinaryOperator operator) {
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    Tensor left = a.broadcast(dims);
    Tensor right = b.broadcast(dims);
    return Tensor.derived(
        dims,
        integer,
        i -> rounded(integer, operator.applyAsDouble(left.at(i), right.at(i))),
        List.of(left, right));
  }

  private static double rounded(boolean integer, double value) {
    return integer ? value : (float) value;
  }

  private static Tensor divide(Node node) {
    Tensor a = node.constant(0);
    boolean integer = a.integer();
    return binary(
        a,
        node.constant(1),
        integer,
        (x, y) -> {
          if (integer && y == 0) {
            throw new RefusedNodeException("it divides an integer by zero");
          }
          double ratio = x / y;
          return integer ? (double) (long) ratio : ratio;
        });
  }

  private static Tensor remainder(Node node) {
    Tensor a = node.constant(0);
    boolean truncated = node.integer("fmod", 0) == 1;
    return binary(
        a,
        node.constant(1),
        a.integer(),
        (x, y) -> {
          if (a.integer() && y == 0) {
            throw new RefusedNodeException("it divides an integer by zero");
          }
          return truncated ? x % y : x - Math.floor(x / y) * y;
        });
  }

  private static Tensor where(Node node) {
    Tensor condition = node.constant(0);
    Tensor yes = node.constant(1);
    Tensor no = node.constant(2);
    int[] dims = Dims.broadcast(condition.dims(), Dims.broadcast(yes.dims(), no.dims()));
    Tensor c = condition.broadcast(dims);
    Tensor y = yes.broadcast(dims);
    Tensor n = no.broadcast(dims);
    return Tensor.derived(
        dims, yes.integer(), i -> c.at(i) != 0 ? y.at(i) : n.at(i), List.of(c, y, n));
  }

  private static Tensor range(Node node) {
    double start = node.constant(0).single();
    double limit = node.constant(1).single();
    double delta = node.constant(2).single();
    double count = Math.max(0, Math.ceil((limit - start) / delta));
    if (!(count <= Dims.LARGEST)) {
      throw new RefusedNodeException("it makes " + count + " values, allowed: " + Dims.LARGEST);
    }
    boolean integer = node.constant(0).integer();
    return new Tensor(new int[] {(int) count}, integer, i -> rounded(integer, start + i * delta));
  }

  private static Tensor reduce(Node node, FoldedConstants folded) {
    Tensor x = node.constant(0);
    int[] dims = x.dims();
    int rank = dims.length;
    folded.spend((double) Dims.size(dims) * x.steps());
    boolean[] reduced = new boolean[rank];
    long[] axes =
        node.integers("axes", 1).orElseGet(() -> IntStream.range(0, rank).asLongStream().toArray());
    for (long axis : axes) {
      reduced[Dims.axis(axis, rank)] = true;
    }
    int[] kept = IntStream.range(0, rank).map(i -> reduced[i] ? 1 : dims[i]).toArray();
    int[] strides = Dims.rowMajor(kept);
    int[] own = Dims.rowMajor(dims);
    double[] result = new double[Dims.size(kept)];
    String operator = node.operator();
    double empty =
        switch (operator) {
          case "ReduceProd" -> 1;
          case "ReduceMax" -> Double.NEGATIVE_INFINITY;
          case "ReduceMin" -> Double.POSITIVE_INFINITY;
          default -> 0;
        };
    Arrays.fill(result, empty);
    for (int i = 0; i < x.size(); i++) {
      int place = 0;
      for (int axis = 0; axis < rank; axis++) {
        place += reduced[axis] ? 0 : i / own[axis] % dims[axis] * strides[axis];
      }
      double value = x.at(i);
      result[place] =
          switch (operator) {
            case "ReduceProd" -> result[place] * value;
            case "ReduceMax" -> Math.max(result[place], value);
            case "ReduceMin" -> Math.min(result[place], value);
            default -> result[place] + value;
          };
    }
    if (operator.equals("ReduceMean")) {
      double share = (double) result.length / x.size();
      Arrays.setAll(result, i -> result[i] * share);
    }
    int[] shown =
        node.integer("keepdims", 1) == 1
            ? kept
            : IntStream.range(0, rank).filter(i -> !reduced[i]).map(i -> dims[i]).toArray();
    return Tensor.of(shown, x.integer(), result);
  }

  private static Tensor clip(Node node) {
    Tensor x = node.constant(0);
    double least =
        node.has(1) ? node.constant(1).single() : node.real("min", Double.NEGATIVE_INFINITY);
    double most =
        node.has(2) ? node.constant(2).single() : node.real("max", Double.POSITIVE_INFINITY);
    return x.map(x.integer(), value -> Math.min(Math.max(value, least), most));
  }

  /** Weights stored as integers with a scale, for the whole tensor or along an axis. */
  private static Tensor dequantize(Node node) {
    Tensor x = node.constant(0);
    node.require("block_size", 0);
    Tensor scale = along(node, node.constant(1), x);
    Tensor zero = node.has(2) ? along(node, node.constant(2), x) : Tensor.scalar(true, 0);
    Tensor difference = binary(x, zero, true, (a, b) -> a - b);
    return binary(difference, scale, false, (a, b) -> a * b);
  }

  private static Tensor quantize(Node node) {
    QuantizedRange range = QuantizedRange.of(node);
    Tensor x = node.constant(0);
    Tensor scale = along(node, node.constant(1), x);
    Tensor zero = node.has(2) ? along(node, node.constant(2), x) : Tensor.scalar(true, 0);
    Tensor levels = binary(x, scale, true, (a, b) -> Math.rint((float) a / (float) b));
    return binary(
        levels, zero, true, (a, b) -> Math.min(Math.max(a + b, range.least()), range.most()));
  }

  /** Scales or zero points as they are broadcast to the values of {@code x}. */
  static Tensor along(Node node, Tensor scale, Value x) {
    if (scale.dims().length == 0 || scale.size() == 1) {
      return scale.reshape(new int[0]);
    }
    int rank = x.dims().length;
    int axis = Dims.axis(node.integer("axis", 1), rank);
    if (scale.dims().length != 1 || scale.size() != x.dims()[axis]) {
      throw new RefusedNodeException(
          "a scale of the shape "
              + Dims.text(scale.dims())
              + ", allowed: one number, or one for each place along the axis");
    }
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    dims[axis] = scale.size();
    return scale.reshape(dims);
  }

  /** The product of two constant matrices; empty where they are no matrices. */
  private static Optional<Tensor> product(Tensor a, Tensor b, FoldedConstants folded) {
    int[] left = a.dims();
    int[] right = b.dims();
    if (left.length != 2 || right.length != 2 || left[1] != right[0]) {
      return Optional.empty();
    }
    folded.spend((double) left[0] * left[1] * right[1] * Math.max(a.steps(), b.steps()));
    Dims.size(new int[] {left[0], right[1]});
    double[] sums = new double[left[0] * right[1]];
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < left[1]; j++) {
        sums[i] += a.at(i / right[1] * left[1] + j) * b.at(j * right[1] + i % right[1]);
      }
    }
    return Optional.of(Tensor.of(new int[] {left[0], right[1]}, a.integer(), sums));
  }

  /** alpha a b + beta c. */
  private static Optional<List<Value>> gemm(Node node, FoldedConstants folded) {
    Tensor a = node.constant(0);
    Tensor b = node.constant(1);
    if (a.dims().length != 2 || b.dims().length != 2) {
      return Optional.empty();
    }
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    return product(
            node.integer("transA", 0) == 0 ? a : a.transpose(1, 0),
            node.integer("transB", 0) == 0 ? b : b.transpose(1, 0),
            folded)
        .map(
            sums -> {
              Tensor c = node.has(2) ? node.constant(2) : Tensor.scalar(false, 0);
              return List.of(binary(sums, c, false, (x, y) -> alpha * x + beta * y));
            });
  }

  /** The upper or lower triangle of matrices, zero elsewhere. */
  private static Tensor triangle(Node node) {
    Tensor x = node.constant(0);
    int[] dims = x.dims();
    if (dims.length < 2) {
      throw new RefusedNodeException(
          "it reads the shape " + Dims.text(dims) + ", allowed: matrices");
    }
    boolean upper = node.integer("upper", 1) == 1;
    long diagonal = node.has(1) ? (long) node.constant(1).single() : 0;
    int columns = dims[dims.length - 1];
    int rows = dims[dims.length - 2];
    return Tensor.derived(
        dims,
        x.integer(),
        i -> {
          long above = i % columns - (long) (i / columns % rows) - diagonal;
          return (upper ? above >= 0 : above <= 0) ? x.at(i) : 0;
        },
        List.of(x));
  }

  private static Tensor nonZero(Tensor x, FoldedConstants folded) {
    int[] dims = x.dims();
    folded.spend((double) Dims.size(dims) * x.steps());
    int[] places = IntStream.range(0, x.size()).filter(i -> x.at(i) != 0).toArray();
    int[] own = Dims.rowMajor(dims);
    int count = places.length;
    return Tensor.derived(
            new int[] {dims.length, count},
            true,
            i -> places[i % count] / own[i / count] % dims[i / count],
            List.of(x))
        .computed();
  }
}
