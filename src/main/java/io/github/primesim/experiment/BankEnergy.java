package io.github.primesim.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Energy that one bank spends for an inference, in picojoules.
 *
 * @param bank number within the instance of the network, {@code (shared)} for what the banks share,
 *     {@code (leakage)} for static power
 * @param byComponent energy of each of its components
 */
public record BankEnergy(String bank, Map<String, Double> byComponent) {
  static final String SHARED = "(shared)";

  public BankEnergy {
    byComponent = Collections.unmodifiableMap(new LinkedHashMap<>(byComponent));
  }

  /** The sum over all components. */
  public double total() {
    return byComponent.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
