package io.github.primesim.functional;

import io.github.primesim.network.NormalTable;
import java.util.SplittableRandom;

/**
 * Cells that conduct more or less than their level, or are stuck at one, cell by cell in the order
 * in which they are asked for.
 *
 * <p>Levels conduct in equal steps from that of level 0 up, so a level l conducts l + o in units of
 * a step, o being what level 0 conducts. Conductances are rounded to a thousandth of a step or so,
 * far less than they differ by, so that sums are exact and take part in the conversion like those
 * of ideal cells.
 */
final class VariedCells implements CellModel {
  private static final int MOST_PLACES = 10;

  /** Sums, and sums with half a step of a conversion, fit into an int. */
  private static final int SUM_BITS = 30;

  private final CellVariation variation;
  private final int highest;
  private final double offLevel;
  private final int places;
  private final SplittableRandom random;

  /**
   * @param onOffRatio nominal conductance of the highest level over that of level 0
   * @param rows cells of a bitline at most
   */
  VariedCells(
      CellVariation variation,
      double onOffRatio,
      Formats formats,
      int rows,
      SplittableRandom random) {
    this.variation = variation;
    this.random = random;
    highest = (1 << formats.cellBits()) - 1;
    offLevel = highest / (onOffRatio - 1);
    double most = (highest + offLevel) * (1 + variation.spread() * NormalTable.max()) + offLevel;
    double largestSum = most * rows * ((1 << formats.inputSliceBits()) - 1);
    places = Math.min(MOST_PLACES, SUM_BITS - 1 - Math.getExponent(largestSum));
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public int conductance(int level) {
    // Both are drawn for every cell, so that chips with more stuck cells are like those with fewer.
    double fate = random.nextDouble();
    double factor = Math.max(0, 1 + variation.spread() * NormalTable.draw(random));
    double conducted = (atLevel(level, fate) + offLevel) * factor - offLevel;
    return (int) Math.rint(Math.scalb(conducted, places));
  }

  private int atLevel(int level, double fate) {
    if (fate < variation.stuckOff()) {
      return 0;
    }
    // From the other end, so that the cells that are stuck at one level do not hang on the other.
    return fate >= 1 - variation.stuckOn() ? highest : level;
  }
}
