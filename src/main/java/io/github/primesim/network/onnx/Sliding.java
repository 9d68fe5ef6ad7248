package io.github.primesim.network.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The windows of a convolution or pooling, by axis behind the channels.
 *
 * @param before values of padding before the first one
 * @param after values of padding behind the last one
 * @param positions of the window
 */
@SuppressWarnings("ArrayRecordComponent") // local to the import of one node
record Sliding(
    int[] kernel, int[] strides, int[] dilations, int[] before, int[] after, int[] positions) {

  /** Reads the attributes of a node; {@code dims} are the extents of what it reads. */
  static Sliding of(Node node, int[] dims, int[] kernel) {
    int axes = dims.length - 2;
    int[] declared = attribute(node, "kernel_shape", kernel);
    if (!Arrays.equals(declared, kernel)) {
      throw new RefusedNodeException(
          "kernel_shape is " + Dims.text(declared) + ", its weights have " + Dims.text(kernel));
    }
    int[] ones = new int[axes];
    Arrays.fill(ones, 1);
    int[] strides = attribute(node, "strides", ones);
    int[] dilations = attribute(node, "dilations", ones);
    int[] pads = new int[2 * axes];
    long[] given = node.integers("pads").orElse(new long[2 * axes]);
    if (given.length != 2 * axes) {
      throw new RefusedNodeException("it has " + given.length + " pads for " + axes + " axes");
    }
    for (int i = 0; i < pads.length; i++) {
      if (given[i] < 0 || given[i] > Dims.LARGEST) {
        throw new RefusedNodeException("a pad is " + given[i] + ", allowed: 0 to " + Dims.LARGEST);
      }
      pads[i] = (int) given[i];
    }
    int[] before = Arrays.copyOf(pads, axes);
    int[] after = Arrays.copyOfRange(pads, axes, 2 * axes);
    String automatic = node.text("auto_pad", "NOTSET");
    boolean ceil = node.integer("ceil_mode", 0) == 1;
    int[] positions = new int[axes];
    for (int i = 0; i < axes; i++) {
      long reach = (long) dilations[i] * (kernel[i] - 1) + 1;
      switch (automatic) {
        case "NOTSET" -> {
          // As given.
        }
        case "VALID" -> {
          before[i] = 0;
          after[i] = 0;
        }
        case "SAME_UPPER", "SAME_LOWER" -> {
          long count = (dims[2 + i] + strides[i] - 1L) / strides[i];
          int total = (int) Math.max(0, (count - 1) * strides[i] + reach - dims[2 + i]);
          before[i] = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
          after[i] = total - before[i];
        }
        default ->
            throw new RefusedNodeException(
                "auto_pad is '" + automatic + "', allowed: NOTSET, VALID, SAME_UPPER, SAME_LOWER");
      }
      long room = (long) dims[2 + i] + before[i] + after[i] - reach;
      if (room < 0) {
        throw new RefusedNodeException(
            "its window of "
                + reach
                + " values exceeds the "
                + (dims[2 + i] + before[i] + after[i])
                + " of the padded input");
      }
      long last = ceil ? (room + strides[i] - 1) / strides[i] : room / strides[i];
      // A window that would begin in the padding behind the last value is left out.
      if (ceil && last * strides[i] >= (long) dims[2 + i] + before[i]) {
        last--;
      }
      positions[i] = (int) last + 1;
      after[i] += (int) Math.max(0, last * strides[i] - room);
    }
    return new Sliding(kernel, strides, dilations, before, after, positions).even(dims);
  }

  /** What lies behind the last window may be called padding or not: rather the same as before. */
  private Sliding even(int[] dims) {
    int[] same = after.clone();
    for (int i = 0; i < kernel.length; i++) {
      long room = (long) dims[2 + i] + 2L * before[i] - ((long) dilations[i] * (kernel[i] - 1) + 1);
      if (room >= 0 && room / strides[i] == positions[i] - 1) {
        same[i] = before[i];
      }
    }
    return new Sliding(kernel, strides, dilations, before, same, positions);
  }

  /** The same windows over {@code dims}, where so many zeros stood around them. */
  Sliding over(int[] dims, int[] zerosBefore, int[] zerosAfter) {
    int[] allBefore = before.clone();
    int[] allAfter = after.clone();
    for (int i = 0; i < kernel.length; i++) {
      allBefore[i] += zerosBefore[i];
      allAfter[i] += zerosAfter[i];
    }
    return new Sliding(kernel, strides, dilations, allBefore, allAfter, positions).even(dims);
  }

  /** The same windows, whose padding the values they read have already. */
  Sliding unpadded() {
    int[] none = new int[kernel.length];
    return new Sliding(kernel, strides, dilations, none, none, positions);
  }

  boolean padded() {
    return IntStream.concat(Arrays.stream(before), Arrays.stream(after)).anyMatch(pad -> pad > 0);
  }

  private static int[] attribute(Node node, String name, int[] absent) {
    long[] given = node.integers(name).orElse(null);
    if (given == null) {
      return absent;
    }
    if (given.length != absent.length) {
      throw new RefusedNodeException(
          name + " has " + given.length + " values for " + absent.length + " axes");
    }
    for (long value : given) {
      if (value < 1 || value > Dims.LARGEST) {
        throw new RefusedNodeException(
            name + " holds " + value + ", allowed: 1 to " + Dims.LARGEST);
      }
    }
    return Arrays.stream(given).mapToInt(value -> (int) value).toArray();
  }

  boolean dilated() {
    return IntStream.range(0, kernel.length).anyMatch(i -> dilations[i] > 1 && kernel[i] > 1);
  }

  /** Whether the padding is the same on both sides, and less than the window. */
  boolean symmetric() {
    return Arrays.equals(before, after)
        && IntStream.range(0, kernel.length).allMatch(i -> before[i] < kernel[i]);
  }

  int height() {
    return kernel[0];
  }

  int width() {
    return kernel.length > 1 ? kernel[1] : 1;
  }

  int strideHeight() {
    return strides[0];
  }

  int strideWidth() {
    return strides.length > 1 ? strides[1] : 1;
  }

  int paddingHeight() {
    return before[0];
  }

  int paddingWidth() {
    return before.length > 1 ? before[1] : 0;
  }
}
