package io.github.primesim.network.onnx;

import java.util.Arrays;
import java.util.Optional;

/**
 * Values that a layer gives, addressed with strides: a value of the graph at import.
 *
 * <p>Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
record Signal(String source, int offset, int[] dims, int[] strides, boolean sole) implements Value {
  /** All outputs of a layer in their own order, seen in the shape {@code dims}. */
  static Signal of(String layer, int... dims) {
    return new Signal(layer, 0, dims, Dims.rowMajor(dims), true);
  }

  int rank() {
    return dims.length;
  }

  int size() {
    return Dims.size(dims);
  }

  /**
   * Whether the values are read for nothing else, so that whatever is done with them can be done by
   * the layer that gives them.
   */
  Signal readOnce(boolean once) {
    return once ? this : new Signal(source, offset, dims, strides, false);
  }

  @Override
  public Signal transpose(int... order) {
    return new Signal(source, offset, Dims.pick(dims, order), Dims.pick(strides, order), sole);
  }

  @Override
  public Signal broadcast(int[] target) {
    int[] repeated = new int[target.length];
    for (int i = 0; i < target.length; i++) {
      int axis = i - (target.length - dims.length);
      boolean held = axis >= 0 && dims[axis] == target[i];
      repeated[i] = held ? strides[axis] : 0;
    }
    return new Signal(source, offset, target, repeated, sole && Arrays.equals(target, dims));
  }

  @Override
  public Signal slice(int axis, int start, int step, int count) {
    int[] newDims = dims.clone();
    int[] newStrides = strides.clone();
    newDims[axis] = count;
    newStrides[axis] = strides[axis] * step;
    boolean all = count == dims[axis];
    return new Signal(
        source, offset + start * strides[axis], newDims, newStrides, sole && all && step == 1);
  }

  /** The same values in the same order in another shape, if strides can say so. */
  Optional<Signal> reshape(int[] target) {
    int[] oldDims = Arrays.stream(axes()).map(axis -> dims[axis]).toArray();
    int[] oldStrides = Arrays.stream(axes()).map(axis -> strides[axis]).toArray();
    int[] newStrides = new int[target.length];
    int old = 0;
    int axis = 0;
    while (axis < target.length) {
      if (target[axis] == 1) {
        axis++;
        continue;
      }
      // The shortest run of new axes with as many values as a run of old ones.
      int newEnd = axis;
      int oldEnd = old;
      long made = target[newEnd++];
      long held = oldDims[oldEnd++];
      while (made != held) {
        if (made < held) {
          made *= target[newEnd++];
        } else {
          held *= oldDims[oldEnd++];
        }
      }
      for (int i = old; i < oldEnd - 1; i++) {
        if (oldStrides[i] != (long) oldStrides[i + 1] * oldDims[i + 1]) {
          return Optional.empty();
        }
      }
      int stride = oldStrides[oldEnd - 1];
      for (int i = newEnd - 1; i >= axis; i--) {
        newStrides[i] = stride;
        stride *= target[i];
      }
      axis = newEnd;
      old = oldEnd;
    }
    return Optional.of(new Signal(source, offset, target, newStrides, sole));
  }

  /** The axes of more than one value. */
  private int[] axes() {
    int[] axes = new int[rank()];
    int count = 0;
    for (int axis = 0; axis < rank(); axis++) {
      if (dims[axis] > 1) {
        axes[count++] = axis;
      }
    }
    return Arrays.copyOf(axes, count);
  }

  /** Whether each of {@code values} outputs of the layer is seen exactly once. */
  boolean whole(int values) {
    if (offset != 0 || size() != values) {
      return false;
    }
    int expected = 1;
    for (int axis : memoryOrder()) {
      if (dims[axis] > 1) {
        if (strides[axis] != expected) {
          return false;
        }
        expected *= dims[axis];
      }
    }
    return true;
  }

  /** The axes by falling stride, last the one whose neighbours lie beside each other; reversed. */
  private int[] memoryOrder() {
    int[] order = slowestFirst();
    for (int i = 0, j = order.length - 1; i < j; i++, j--) {
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /** The axes in the order in which their values lie in the layer, the slowest one first. */
  int[] slowestFirst() {
    Integer[] order = new Integer[rank()];
    Arrays.setAll(order, axis -> axis);
    // Axes of one value have no place of their own; the sort is stable, so they stay in order.
    Arrays.sort(order, (a, b) -> Integer.compare(strides[b], strides[a]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
