package io.github.primesim.training.storage;

import java.util.Arrays;

/**
 * A block of float32 values in C order: the last dimension varies fastest.
 *
 * <p>Weights, masks in use and optimiser state have this form wherever PyTorch is not involved. The
 * arrays are not copied; whoever hands them over gives them away.
 */
public final class Tensor {
  private final int[] shape;
  private final float[] values;

  /**
   * @throws IllegalArgumentException if the number of values is not the product of the dimensions
   */
  public Tensor(int[] shape, float[] values) {
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
    this.shape = shape.clone();
    this.values = values;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(int... shape) {
    return new Tensor(shape, new float[elements(shape)]);
  }

  public int[] shape() {
    return shape.clone();
  }

  /** The values themselves, not a copy. */
  public float[] values() {
    return values;
  }

  public int size() {
    return values.length;
  }

  /** How many values differ from zero. */
  public int nonZeros() {
    int count = 0;
    for (float value : values) {
      if (value != 0f) {
        count++;
      }
    }
    return count;
  }

  /** The number of values a shape holds. */
  public static int elements(int... shape) {
    int product = 1;
    for (int dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("dimension " + dimension);
      }
      product = Math.multiplyExact(product, dimension);
    }
    return product;
  }
}
