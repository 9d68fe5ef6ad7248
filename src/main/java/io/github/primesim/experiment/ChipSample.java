package io.github.primesim.experiment;

import io.github.primesim.functional.CellVariation;

/**
 * Chips to be drawn, and how their cells differ from what they are programmed to.
 *
 * @param spread standard deviation of what a cell conducts, as a share of what its level does
 * @param stuckOff share of cells that are stuck at level 0
 * @param stuckOn share of cells that are stuck at the highest level
 * @param chips how many, at least one
 */
public record ChipSample(double spread, double stuckOff, double stuckOn, int chips) {
  public ChipSample {
    if (chips < 1) {
      throw new IllegalArgumentException("chips is " + chips + ", allowed: 1 or more");
    }
  }

  CellVariation variation() {
    return new CellVariation(spread, stuckOff, stuckOn);
  }
}
