package io.github.primesim.experiment;

/**
 * One line of the energy breakdown, to be multiplied by hand.
 *
 * @param component component that spends the energy
 * @param level where in the hierarchy the component stands
 * @param layer layer it is spent for, {@code (leakage)} for static power
 * @param action what is done, or what leaks
 * @param count how often per inference, or how many leak; a fraction where copies of the network
 *     share what is counted
 * @param pjEach price of one action
 * @param pj {@code count} times {@code pjEach}
 */
public record EnergyRow(
    String component,
    String level,
    String layer,
    String action,
    double count,
    double pjEach,
    double pj) {}
