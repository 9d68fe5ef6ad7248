package io.github.primesim.experiment;

import io.github.primesim.functional.CellVariation;

/**
 * Chips to be drawn, how their cells differ from what they are programmed to, and their wires.
 *
 * @param spread standard deviation of what a cell conducts, as a share of what its level does
 * @param stuckOff share of cells that are stuck at level 0
 * @param stuckOn share of cells that are stuck at the highest level
 * @param wireOhm resistance of wordlines and bitlines from one cell to the next
 * @param chips how many, at least one
 */
public record ChipSample(
    double spread, double stuckOff, double stuckOn, double wireOhm, int chips) {
  public ChipSample {
    if (chips < 1) {
      throw new IllegalArgumentException("chips is " + chips + ", allowed: 1 or more");
    }
  }

  /** Whether cells differ at all. */
  public boolean varies() {
    return spread > 0 || stuckOff > 0 || stuckOn > 0;
  }

  CellVariation variation() {
    return new CellVariation(spread, stuckOff, stuckOn);
  }
}
