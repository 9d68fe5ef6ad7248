package io.github.primesim.energy;

import io.github.primesim.metrics.Component;

/**
 * Equal parts of a memory.
 *
 * @param component the row of a breakdown they belong to
 * @param name what one of them is, such as {@code subarrayAccumulatorBank}
 * @param count how many there are
 * @param leakageMw static power of one, in milliwatts
 * @param areaUm2 area of one, in square microns
 */
public record Part(Component component, String name, long count, double leakageMw, double areaUm2) {
  public Part {
    if (count < 0) {
      throw new IllegalArgumentException(name + " cannot be there " + count + " times");
    }
  }

  /** Whether the part computes, or serves what computes; memory subarrays do neither. */
  public boolean computes() {
    return component != Component.MEMORY_SUBARRAY;
  }
}
