package io.github.primesim.experiment;

import io.github.primesim.metrics.Component;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Area of the chip in square microns.
 *
 * @param byComponent area of all instances of each component
 */
public record AreaBreakdown(Map<String, Double> byComponent) {
  public AreaBreakdown {
    byComponent = Collections.unmodifiableMap(new LinkedHashMap<>(byComponent));
  }

  /** The sum over all components. */
  public double total() {
    return byComponent.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The same without the memory subarrays, which would be there anyway. */
  public double compute() {
    return total() - byComponent.getOrDefault(Component.MEMORY_SUBARRAY.key(), 0.0);
  }
}
