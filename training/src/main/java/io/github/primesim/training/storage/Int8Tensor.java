package io.github.primesim.training.storage;

/**
 * Weights as whole numbers of -127 to 127, times a number for each output, which is the first
 * dimension: {@code weight = level * scale[output]}. The largest weight of an output has the level
 * 127; zero stays zero.
 */
public final class Int8Tensor {
  private static final int LARGEST = Byte.MAX_VALUE;

  private final int[] shape;
  private final byte[] levels;
  private final float[] scales;

  /**
   * @throws IllegalArgumentException if levels or scales are not as many as the shape says
   */
  public Int8Tensor(int[] shape, byte[] levels, float[] scales) {
    if (Tensor.elements(shape) != levels.length || scales.length != shape[0]) {
      throw new IllegalArgumentException(
          levels.length + " levels and " + scales.length + " scales");
    }
    this.shape = shape.clone();
    this.levels = levels;
    this.scales = scales;
  }

  /** The nearest such numbers; an output of zeros gets the scale 1. */
  public static Int8Tensor of(Tensor tensor) {
    int[] shape = tensor.shape();
    float[] values = tensor.values();
    int perOutput = values.length / shape[0];
    byte[] levels = new byte[values.length];
    float[] scales = new float[shape[0]];
    for (int output = 0; output < shape[0]; output++) {
      float largest = 0;
      for (int i = output * perOutput; i < (output + 1) * perOutput; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[output] = largest == 0 ? 1 : largest / LARGEST;
      for (int i = output * perOutput; i < (output + 1) * perOutput; i++) {
        levels[i] = (byte) Math.round(values[i] / scales[output]);
      }
    }
    return new Int8Tensor(shape, levels, scales);
  }

  /** The weights that these numbers stand for. */
  public Tensor floats() {
    float[] values = new float[levels.length];
    int perOutput = levels.length / shape[0];
    for (int i = 0; i < values.length; i++) {
      values[i] = levels[i] * scales[i / perOutput];
    }
    return new Tensor(shape, values);
  }

  public int[] shape() {
    return shape.clone();
  }

  /** The levels themselves, not a copy. */
  public byte[] levels() {
    return levels;
  }

  /** A factor for each output, not a copy. */
  public float[] scales() {
    return scales;
  }
}
