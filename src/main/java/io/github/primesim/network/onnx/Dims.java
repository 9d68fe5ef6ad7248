package io.github.primesim.network.onnx;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Arithmetic on the extents of tensors. */
final class Dims {
  /** Largest number of values of a tensor that is computed or passed between layers. */
  static final int LARGEST = 1 << 26;

  /** Largest number of values of weights and other constants. */
  private static final int LARGEST_CONSTANT = Integer.MAX_VALUE - 8;

  private Dims() {}

  /** Number of values; refuses what is not positive or exceeds {@link #LARGEST}. */
  static int size(int[] dims) {
    long size = 1;
    for (int extent : dims) {
      if (extent < 1) {
        throw new RefusedNodeException(
            "a tensor has the shape " + text(dims) + ", allowed: extents of 1 and above");
      }
      size *= extent;
      if (size > LARGEST) {
        throw new RefusedNodeException(
            "a tensor has the shape " + text(dims) + ", allowed: up to " + LARGEST + " values");
      }
    }
    return (int) size;
  }

  /** Refuses the shape of constants that are more than can be counted; none of them is computed. */
  static void constant(int[] dims) {
    double size = Arrays.stream(dims).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > LARGEST_CONSTANT) {
      throw new RefusedNodeException(
          "a constant has the shape "
              + text(dims)
              + ", allowed: up to "
              + LARGEST_CONSTANT
              + " values");
    }
  }

  /**
   * Refuses the shape of a constant that would be computed from others if it has more values than
   * {@link #LARGEST}; as many as the largest of the others are allowed, in another order.
   */
  static void derived(int[] dims, int largestSource) {
    double size = Arrays.stream(dims).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > LARGEST && size > largestSource) {
      throw new RefusedNodeException(
          "a constant has the shape " + text(dims) + ", allowed: up to " + LARGEST + " values");
    }
  }

  /** Places between neighbours along each axis, the last axis being the fastest. */
  static int[] rowMajor(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(dims[axis], 1);
    }
    return strides;
  }

  /** The axis counted from the first one. */
  static int axis(long axis, int rank) {
    long found = axis < 0 ? axis + rank : axis;
    if (found < 0 || found >= rank) {
      throw new RefusedNodeException(
          "axis is " + axis + ", allowed: " + -rank + " to " + (rank - 1));
    }
    return (int) found;
  }

  /** The shape two operands are broadcast to. */
  static int[] broadcast(int[] a, int[] b) {
    int[] result = new int[Math.max(a.length, b.length)];
    for (int i = 0; i < result.length; i++) {
      int extentA = extent(a, result.length, i);
      int extentB = extent(b, result.length, i);
      if (extentA != extentB && extentA != 1 && extentB != 1) {
        throw new RefusedNodeException(
            "the shapes " + text(a) + " and " + text(b) + " cannot be broadcast");
      }
      result[i] = extentA == 1 ? extentB : extentA;
    }
    return result;
  }

  /** The extent along axis {@code i} of a result of {@code rank} axes, 1 where there is none. */
  static int extent(int[] dims, int rank, int i) {
    int axis = i - (rank - dims.length);
    return axis < 0 ? 1 : dims[axis];
  }

  /** The axes 0 to rank - 1 without {@code left}, then {@code left}. */
  static int[] last(int rank, int left) {
    int[] order = new int[rank];
    int at = 0;
    for (int axis = 0; axis < rank; axis++) {
      if (axis != left) {
        order[at++] = axis;
      }
    }
    order[at] = left;
    return order;
  }

  /** {@code first}, then the other axes in order. */
  static int[] first(int rank, int first) {
    int[] order = new int[rank];
    order[0] = first;
    int at = 1;
    for (int axis = 0; axis < rank; axis++) {
      if (axis != first) {
        order[at++] = axis;
      }
    }
    return order;
  }

  /** {@code dims} in the order of {@code axes}. */
  static int[] pick(int[] dims, int[] axes) {
    return Arrays.stream(axes).map(axis -> dims[axis]).toArray();
  }

  /** For instance 1x3x224x224. */
  static String text(int[] dims) {
    return dims.length == 0
        ? "of a single value"
        : Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
