package io.github.primesim.network.onnx;

/**
 * A transposed convolution along one axis, where it is computed position by position: each position
 * gives as many neighbouring results as the stride, from as many neighbouring inputs as there are
 * taps.
 *
 * @param kernel weights of the file along the axis
 * @param taps inputs that a result depends on at most
 * @param before zeros in front of the inputs
 * @param after zeros behind them
 * @param first the result at which the output begins
 * @param extent results of the output
 */
record Spreading(
    int kernel,
    int stride,
    int dilation,
    int taps,
    int before,
    int after,
    int positions,
    int first,
    int extent) {
  /** Along an axis that is not there. */
  static final Spreading NONE = new Spreading(1, 1, 1, 1, 0, 0, 1, 0, 1);

  /**
   * Reads the attributes of a node.
   *
   * @param axis counted behind the channels
   * @param inputs extent of the input along it
   */
  static Spreading of(Node node, int axis, int inputs, int[] kernel) {
    int axes = kernel.length;
    long declared = attribute(node, "kernel_shape", axis, axes, kernel[axis], 1);
    if (declared != kernel[axis]) {
      throw new RefusedNodeException(
          "kernel_shape is " + declared + " along an axis, its weights have " + Dims.text(kernel));
    }
    long stride = attribute(node, "strides", axis, axes, 1, 1);
    long dilation = attribute(node, "dilations", axis, axes, 1, 1);
    long reach = dilation * (kernel[axis] - 1L) + 1;
    long more = attribute(node, "output_padding", axis, axes, 0, 0);
    // All that the inputs reach.
    long full = stride * (inputs - 1L) + reach + more;
    String automatic = node.text("auto_pad", "NOTSET");
    boolean same = automatic.startsWith("SAME_");
    long cutBefore = 0;
    long extent = full;
    switch (automatic) {
      case "NOTSET", "SAME_UPPER", "SAME_LOWER" -> {
        long wanted = same ? stride * inputs : 0;
        wanted = attribute(node, "output_shape", axis, axes, wanted, 1);
        if (wanted > 0) {
          long cut = full - wanted;
          cutBefore = automatic.equals("SAME_UPPER") ? cut / 2 : cut - cut / 2;
          extent = wanted;
        } else {
          cutBefore = attribute(node, "pads", axis, 2 * axes, 0, 0);
          extent = full - cutBefore - attribute(node, "pads", axes + axis, 2 * axes, 0, 0);
        }
      }
      case "VALID" -> {
        // Nothing is left out.
      }
      default ->
          throw new RefusedNodeException(
              "auto_pad is '" + automatic + "', allowed: NOTSET, VALID, SAME_UPPER, SAME_LOWER");
    }
    if (extent < 1 || cutBefore < 0 || extent > full || full > Dims.LARGEST) {
      throw new RefusedNodeException(
          "it gives "
              + extent
              + " values of "
              + full
              + " along an axis, allowed: 1 to all of up to "
              + Dims.LARGEST);
    }
    long taps = (reach + stride - 1) / stride;
    long start = Math.min(cutBefore / stride, taps - 1);
    long end = Math.max((cutBefore + extent + stride - 1) / stride, inputs);
    return new Spreading(
        kernel[axis],
        (int) stride,
        (int) dilation,
        (int) taps,
        (int) (taps - 1 - start),
        (int) (end - inputs),
        (int) (end - start),
        (int) (cutBefore - start * stride),
        (int) extent);
  }

  private static long attribute(
      Node node, String name, int place, int count, long absent, long least) {
    long[] given = node.integers(name).orElse(null);
    if (given == null || given.length == 0) {
      return absent;
    }
    if (given.length != count) {
      throw new RefusedNodeException(name + " has " + given.length + " values, allowed: " + count);
    }
    if (given[place] < least || given[place] > Dims.LARGEST) {
      throw new RefusedNodeException(
          name + " holds " + given[place] + ", allowed: " + least + " to " + Dims.LARGEST);
    }
    return given[place];
  }

  /**
   * The place of the file's kernel that a result meets at a tap; negative where there is none.
   *
   * @param phase place of the result within the stride
   * @param tap counted from the first input of the position
   */
  int weight(int phase, int tap) {
    long place = phase + (long) stride * (taps - 1 - tap);
    return place % dilation == 0 && place / dilation < kernel ? (int) (place / dilation) : -1;
  }
}
