/**
 * Energy and area: counts of actions times a price list, leakage times time, parts times their
 * area.
 *
 * <p>Devices record facts; everything here is applied after the run, so that a price can change
 * without a new simulation and every row of a breakdown can be multiplied by hand.
 */
package io.github.primesim.energy;
