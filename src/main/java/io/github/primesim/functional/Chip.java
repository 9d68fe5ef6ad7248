package io.github.primesim.functional;

import java.util.SplittableRandom;

/**
 * One chip of many: its cells differ from those of others, and are what they are for all inputs.
 *
 * @param variation how cells differ
 * @param onOffRatio nominal conductance of the highest level over that of level 0, more than 1
 * @param seed of the draws, together with {@code number}
 * @param number tells chips apart
 */
public record Chip(CellVariation variation, double onOffRatio, long seed, int number) {
  public Chip {
    if (!(onOffRatio > 1)) {
      throw new IllegalArgumentException("onOffRatio is " + onOffRatio + ", allowed: more than 1");
    }
  }

  /**
   * The cells of one matrix, always the same ones.
   *
   * @param rows wordlines of a crossbar at most
   */
  CellModel cells(String layer, int group, Formats formats, int rows) {
    return new VariedCells(variation, onOffRatio, formats, rows, random(layer, group));
  }

  /** Seeds are mixed one after another, so that no two matrices of any chips share their draws. */
  private SplittableRandom random(String layer, int group) {
    long mixed = seed;
    for (int part : new int[] {number, layer.hashCode(), group}) {
      mixed = new SplittableRandom(mixed + part).nextLong();
    }
    return new SplittableRandom(mixed);
  }
}
