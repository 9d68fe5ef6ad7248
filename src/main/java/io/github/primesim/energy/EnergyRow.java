package io.github.primesim.energy;

import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Level;

/**
 * One line of an energy breakdown: count times price.
 *
 * @param component what took the energy
 * @param level where in the hierarchy it stands
 * @param layer for which layer, or {@link EnergyLedger#LEAKAGE} for static power
 * @param action what it did, or what leaks
 * @param count how often, or how many leak
 * @param eachPj energy of one, in picojoules
 * @param energyPj {@code count x eachPj}
 */
public record EnergyRow(
    Component component,
    Level level,
    String layer,
    String action,
    long count,
    double eachPj,
    double energyPj) {

  static EnergyRow of(Action action, String layer, long count, double each) {
    return new EnergyRow(
        action.component(), action.level(), layer, action.key(), count, each, count * each);
  }

  static EnergyRow of(Part part, String layer, double each) {
    return new EnergyRow(
        part.component(),
        part.level(),
        layer,
        part.name(),
        part.count(),
        each,
        part.count() * each);
  }
}
