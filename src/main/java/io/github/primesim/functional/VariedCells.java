package io.github.primesim.functional;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.NormalTable;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Cells that conduct more or less than their level, or are stuck at one, drawn cell by cell, behind
 * wires that have a resistance or not.
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
  private final Optional<ArrayWires> wires;
  private final SplittableRandom random;
  private final Optional<ReadNoise> noise;

  /**
   * @param random draws what cells conduct
   * @param readings draws what differs from one reading to the next
   */
  VariedCells(
      CellVariation variation,
      ArrayResistances resistances,
      Formats formats,
      CrossbarGeometry geometry,
      SplittableRandom random,
      SplittableRandom readings) {
    this.variation = variation;
    this.random = random;
    noise =
        variation.readNoise() == 0
            ? Optional.empty()
            : Optional.of(new ReadNoise(variation.readNoise(), readings));
    highest = (1 << formats.cellBits()) - 1;
    offLevel = highest / (resistances.onOffRatio() - 1);
    double most = (highest + offLevel) * (1 + variation.spread() * NormalTable.max()) + offLevel;
    double largestSum = most * geometry.rows() * ((1 << formats.inputSliceBits()) - 1);
    places = Math.min(MOST_PLACES, SUM_BITS - 1 - Math.getExponent(largestSum));
    wires =
        resistances.wireOhm() == 0
            ? Optional.empty()
            : Optional.of(
                new ArrayWires(
                    resistances.wireOhm() * resistances.levelSiemens(highest),
                    formats.weightSlices(),
                    resistances.allBitlinesConduct() ? 0 : geometry.senseAmplifiersPerSlot()));
  }

  @Override
  public int places() {
    return places;
  }

  @Override
  public Optional<ReadNoise> noise() {
    return noise;
  }

  @Override
  public void program(SegmentCells segment) {
    int[][][] arrays = segment.arrays();
    double[][][] cells = draw(arrays);
    for (int array = 0; array < arrays.length; array++) {
      int[][] programmed = arrays[array];
      double[][] seen = cells[array];
      if (wires.isPresent()) {
        seen = wires.get().seen(segment.firstWordline(), seen);
      }
      for (int bitline = 0; bitline < programmed.length; bitline++) {
        int wordlines = programmed[bitline].length;
        double[] reference = reference(segment, bitline, wordlines, arrays.length == 2);
        for (int wordline = 0; wordline < wordlines; wordline++) {
          double above = seen[bitline][wordline] - reference[wordline];
          programmed[bitline][wordline] = (int) Math.rint(Math.scalb(above, places));
          if (segment.squares().length > 0) {
            double all = Math.scalb(seen[bitline][wordline], places);
            segment.squares()[bitline][wordline] += (float) (all * all);
          }
        }
      }
    }
  }

  private double[][][] draw(int[][][] levels) {
    double[][][] cells = new double[levels.length][levels[0].length][levels[0][0].length];
    for (int bitline = 0; bitline < cells[0].length; bitline++) {
      for (int wordline = 0; wordline < cells[0][bitline].length; wordline++) {
        for (int array = 0; array < cells.length; array++) {
          cells[array][bitline][wordline] = conductance(levels[array][bitline][wordline]);
        }
      }
    }
    return cells;
  }

  private double conductance(int level) {
    // Both are drawn for every cell, so that chips with more stuck cells are like those with fewer.
    double fate = random.nextDouble();
    double factor = Math.max(0, 1 + variation.spread() * NormalTable.draw(random));
    return (atLevel(level, fate) + offLevel) * factor;
  }

  private int atLevel(int level, double fate) {
    if (fate < variation.stuckOff()) {
      return 0;
    }
    // From the other end, so that the cells that are stuck at one level do not hang on the other.
    return fate >= 1 - variation.stuckOn() ? highest : level;
  }

  /**
   * What is taken away from a bitline: of a pair both lose the same, so that it does not matter
   * what; of a single one what a column of cells at level 0 conducts in its place.
   */
  private double[] reference(SegmentCells segment, int bitline, int wordlines, boolean ofPair) {
    double[] reference = new double[wordlines];
    Arrays.fill(reference, offLevel);
    return ofPair || wires.isEmpty()
        ? reference
        : wires.get().seenAlone(segment.firstWordline(), bitline, reference);
  }
}
