package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * A tensor whose values are known at import: an initialiser, or what follows from constants alone.
 *
 * <p>Values are decoded when they are asked for, so that a large weight tensor stays as the bytes
 * of the file. What follows from others in too many steps is computed once, so that neither the
 * stack nor the time of a chain of operators grows beyond what it has of values. Integers up to
 * 2^53 are exact.
 */
final class Tensor implements Value {
  /** Steps from the bytes of the file to a value; more are computed once. */
  private static final int MOST_STEPS = 32;

  private final int[] dims;
  private final boolean integer;
  private final IntToDoubleFunction values;
  private final int steps;

  /** What the values follow from; none where they are held in memory or in the file. */
  private final List<Tensor> sources;

  /** Whether the values were computed and are held in memory. */
  private final boolean computed;

  /** The type of the file; null where the values follow from others. */
  private TensorProto.DataType type;

  /**
   * @param dims extents; a product of 0 is allowed and means no values
   * @param integer whether values are integers or truth values
   * @param values value at a place in row-major order
   */
  Tensor(int[] dims, boolean integer, IntToDoubleFunction values) {
    this(dims, integer, values, 1, List.of(), false);
  }

  private Tensor(
      int[] dims,
      boolean integer,
      IntToDoubleFunction values,
      int steps,
      List<Tensor> sources,
      boolean computed) {
    this.dims = dims.clone();
    this.integer = integer;
    this.values = values;
    this.steps = steps;
    this.sources = sources;
    this.computed = computed;
  }

  /** The same tensor, known to be of a type of the file. */
  Tensor typed(TensorProto.DataType given) {
    Tensor result = new Tensor(dims, integer, values, steps, sources, computed);
    result.type = given;
    return result;
  }

  /** The type, where it is known. */
  Optional<TensorProto.DataType> type() {
    return Optional.ofNullable(type);
  }

  /**
   * A tensor whose values follow from those of others. Here, before anything is computed, what
   * would be too large is refused.
   */
  static Tensor derived(
      int[] dims, boolean integer, IntToDoubleFunction values, List<Tensor> sources) {
    int steps = 1;
    int largest = 0;
    for (Tensor source : sources) {
      steps += source.steps;
      largest = Math.max(largest, source.size());
    }
    Dims.derived(dims, largest);
    Tensor result = new Tensor(dims, integer, values, steps, List.copyOf(sources), false);
    return steps > MOST_STEPS ? result.computed() : result;
  }

  /** A tensor of computed values; those of real numbers are rounded as float32 is. */
  static Tensor of(int[] dims, boolean integer, double[] values) {
    if (!integer) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
    }
    return new Tensor(dims, integer, place -> values[place], 1, List.of(), true);
  }

  /** A vector of integers, such as a shape. */
  static Tensor integers(int... values) {
    return new Tensor(new int[] {values.length}, true, place -> values[place]);
  }

  /** A single number. */
  static Tensor scalar(boolean integer, double value) {
    return new Tensor(new int[0], integer, place -> value);
  }

  @Override
  public int[] dims() {
    return dims.clone();
  }

  boolean integer() {
    return integer;
  }

  int size() {
    int size = 1;
    for (int extent : dims) {
      size *= extent;
    }
    return size;
  }

  double at(int place) {
    return values.applyAsDouble(place);
  }

  /** The only value. */
  double single() {
    if (size() != 1) {
      throw new RefusedNodeException(
          "a constant has the shape " + Dims.text(dims) + ", allowed: a single value");
    }
    return at(0);
  }

  /** The value all places have; empty where they differ or there is none. */
  Optional<Double> uniform() {
    int size = size();
    for (int i = 1; i < size; i++) {
      if (at(i) != at(0)) {
        return Optional.empty();
      }
    }
    return size == 0 ? Optional.empty() : Optional.of(at(0));
  }

  /** All values as integers, such as extents and places; large ones saturate. */
  long[] toIntegers() {
    if (size() > Dims.LARGEST) {
      throw new RefusedNodeException(
          "a constant has "
              + size()
              + " values, allowed for a shape or places: up to "
              + Dims.LARGEST);
    }
    long[] all = new long[size()];
    for (int i = 0; i < all.length; i++) {
      double value = at(i);
      if (!integer && value != Math.rint(value)) {
        throw new RefusedNodeException("a constant holds " + value + ", allowed: whole numbers");
      }
      all[i] = (long) value;
    }
    return all;
  }

  /** The same values in another shape or order. */
  Tensor gather(int[] newDims, IntUnaryOperator place) {
    return derived(newDims, integer, i -> at(place.applyAsInt(i)), List.of(this));
  }

  /** Strided access: value number i, counted over {@code newDims}, is read at its strides. */
  Tensor strided(int[] newDims, int offset, int[] strides) {
    int[] rowMajor = Dims.rowMajor(newDims);
    return gather(
        newDims,
        i -> {
          int place = offset;
          int rest = i;
          for (int axis = 0; axis < rowMajor.length; axis++) {
            place += rest / rowMajor[axis] * strides[axis];
            rest %= rowMajor[axis];
          }
          return place;
        });
  }

  /** The same values in another shape. */
  Tensor reshape(int[] newDims) {
    return new Tensor(newDims, integer, values, steps, computed ? List.of(this) : sources, false);
  }

  @Override
  public Tensor transpose(int... order) {
    return strided(Dims.pick(dims, order), 0, Dims.pick(Dims.rowMajor(dims), order));
  }

  @Override
  public Tensor slice(int axis, int start, int step, int count) {
    int[] newDims = dims.clone();
    int[] strides = Dims.rowMajor(dims);
    int offset = start * strides[axis];
    newDims[axis] = count;
    strides[axis] *= step;
    return strided(newDims, offset, strides);
  }

  @Override
  public Tensor broadcast(int[] newDims) {
    int[] own = Dims.rowMajor(dims);
    int[] strides = new int[newDims.length];
    for (int i = 0; i < newDims.length; i++) {
      int axis = i - (newDims.length - dims.length);
      strides[i] = axis < 0 || dims[axis] == 1 ? 0 : own[axis];
    }
    return strided(newDims, 0, strides);
  }

  /** A function of each value. */
  Tensor map(boolean integerResult, DoubleUnaryOperator function) {
    return derived(
        dims,
        integerResult,
        integerResult
            ? i -> function.applyAsDouble(at(i))
            : i -> (float) function.applyAsDouble(at(i)),
        List.of(this));
  }

  /** Steps that asking for a value takes. */
  int steps() {
    return steps;
  }

  /** Adds the tensors whose values are held in memory for this one. */
  void kept(Set<Tensor> found) {
    if (computed) {
      found.add(this);
    }
    sources.forEach(source -> source.kept(found));
  }

  /** Computes all values once, so that a chain of functions is not walked again and again. */
  Tensor computed() {
    double[] all = new double[size() == 0 ? 0 : Dims.size(dims)];
    for (int i = 0; i < all.length; i++) {
      all[i] = at(i);
    }
    return of(dims, integer, all);
  }
}
