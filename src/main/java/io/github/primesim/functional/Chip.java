package io.github.primesim.functional;

import io.github.primesim.hardware.CrossbarGeometry;
import java.util.SplittableRandom;

/**
 * One chip of many: its cells differ from those of others, and are what they are for all inputs.
 *
 * @param variation how cells differ
 * @param resistances of its cells and wires
 * @param seed of the draws, together with {@code number}
 * @param number tells chips apart
 */
public record Chip(CellVariation variation, ArrayResistances resistances, long seed, int number) {

  /** The cells of one matrix, always the same ones. */
  CellModel cells(String layer, int group, Formats formats, CrossbarGeometry geometry) {
    SplittableRandom random = random(layer, group);
    SplittableRandom readings = new SplittableRandom(mixed(random(layer, group).nextLong()));
    return new VariedCells(variation, resistances, formats, geometry, random, readings);
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
