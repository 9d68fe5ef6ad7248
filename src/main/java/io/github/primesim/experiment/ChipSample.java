package io.github.primesim.experiment;

import io.github.primesim.functional.CellVariation;

/**
 * Chips to be drawn, how their cells differ from what they are programmed to, and their wires.
 *
 * @param spread standard deviation of what a cell conducts, as a share of what its level does
 * @param stuckOff share of cells that are stuck at level 0
 * @param stuckOn share of cells that are stuck at the highest level
 * @param readNoise standard deviation of what a cell conducts from one reading to the next, as a
 *     share of what it conducts in the mean
 * @param wireOhm resistance of wordlines and bitlines from one cell to the next
 * @param chips how many, at least one
 */
public record ChipSample(
    double spread, double stuckOff, double stuckOn, double readNoise, double wireOhm, int chips) {
  public ChipSample {
    if (chips < 1) {
      throw new IllegalArgumentException("chips is " + chips + ", allowed: 1 or more");
    }
  }

  CellVariation variation() {
    return new CellVariation(spread, stuckOff, stuckOn, readNoise);
  }
}
