package io.github.primesim.energy;

import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Level;

/**
 * Equal parts of a memory.
 *
 * @param component the row of a breakdown they belong to
 * @param level where in the hierarchy they stand
 * @param name what one of them is, such as {@code subarrayAccumulatorBank}
 * @param count how many there are
 * @param leakageMw static power of one, in milliwatts
 * @param areaUm2 area of one, in square microns
 */
public record Part(
    Component component, Level level, String name, long count, double leakageMw, double areaUm2) {
  /** Parts at the level of their component. */
  public Part(Component component, String name, long count, double leakageMw, double areaUm2) {
    this(component, component.level(), name, count, leakageMw, areaUm2);
  }

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
