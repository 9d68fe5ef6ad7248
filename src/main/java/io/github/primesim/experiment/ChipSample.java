package io.github.primesim.experiment;

import io.github.primesim.functional.CellVariation;

/**
 * Chips to be drawn.
 *
 * @param variation how their cells differ from what they are programmed to
 * @param chips how many, at least one
 */
public record ChipSample(CellVariation variation, int chips) {
  public ChipSample {
    if (chips < 1) {
      throw new IllegalArgumentException("chips is " + chips + ", allowed: 1 or more");
    }
  }
}
