package io.github.primesim.energy;

import io.github.primesim.metrics.Component;

/**
 * One line of an energy breakdown: count times price.
 *
 * @param component what took the energy
 * @param layer for which layer, or {@link EnergyLedger#LEAKAGE} for static power
 * @param action what it did, or what leaks
 * @param count how often, or how many leak
 * @param eachPj energy of one, in picojoules
 * @param energyPj {@code count x eachPj}
 */
public record EnergyRow(
    Component component, String layer, String action, long count, double eachPj, double energyPj) {

  static EnergyRow of(Component component, String layer, String action, long count, double each) {
    return new EnergyRow(component, layer, action, count, each, count * each);
  }
}
