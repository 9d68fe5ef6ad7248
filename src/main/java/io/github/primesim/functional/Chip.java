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

  /**
   * One after another is mixed in, the seed by itself first: added to the number, it would give
   * chips of one seed the cells of others of the next.
   */
  private SplittableRandom random(String layer, int group) {
    long mixed = mixed(mixed(seed) + number);
    for (int i = 0; i < layer.length(); i++) {
      mixed = mixed(mixed + layer.charAt(i));
    }
    return new SplittableRandom(mixed(mixed + group));
  }

  private static long mixed(long seed) {
    return new SplittableRandom(seed).nextLong();
  }
}
