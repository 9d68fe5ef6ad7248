package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * How full the crossbars kept are.
 *
 * <p>A crossbar has rows x weights-per-wordline <em>places</em>; its utilisation is the share of
 * them with a weight that is not zero. A pair is one crossbar: a place is used when either sign is.
 * The share of <em>cells</em> counts physical cells of all arrays, bit slices and both arrays of a
 * pair, that store a level above 0; it is at most half with pairs.
 *
 * @param placesPerCrossbar weights a crossbar can hold
 * @param nonZeros non-zero weights of each crossbar
 * @param cells cells of all arrays kept
 * @param nonZeroCells cells that store a level above 0
 */
@SuppressWarnings("ArrayRecordComponent") // up to a million counts, shared and never compared
public record CrossbarUtilization(
    int placesPerCrossbar, int[] nonZeros, long cells, long nonZeroCells) {

  /** No crossbar yet, of the given size. */
  public static CrossbarUtilization none(CrossbarGeometry geometry) {
    return new CrossbarUtilization(places(geometry), new int[0], 0, 0);
  }

  /**
   * Reads all crossbars of a mapping, O(places kept).
   *
   * @param weights the matrix that was mapped
   * @param cellBits bits a cell stores; the magnitude of a weight is cut into slices of so many
   *     bits from the least significant one on
   */
  public static CrossbarUtilization of(LayerMapping mapping, IntegerMatrix weights, int cellBits) {
    CrossbarGeometry geometry = mapping.geometry();
    if (weights.weightBits() > geometry.bitlinesPerWeight() * cellBits) {
      throw new IllegalArgumentException(
          weights.weightBits()
              + " bits do not fit "
              + geometry.bitlinesPerWeight()
              + " cells of "
              + cellBits);
    }
    List<Crossbar> crossbars = mapping.crossbars();
    int[] nonZeros = new int[crossbars.size()];
    short[] row = new short[weights.columns()];
    long nonZeroCells = 0;
    int first = 0;
    while (first < crossbars.size()) {
      int end = first + 1;
      while (end < crossbars.size() && sameRows(crossbars.get(first), crossbars.get(end))) {
        end++;
      }
      List<Segment> segments = crossbars.get(first).segments();
      for (int s = 0; s < segments.size(); s++) {
        for (int r : segments.get(s).rows()) {
          weights.copyRow(r, row);
          for (int i = first; i < end; i++) {
            Crossbar crossbar = crossbars.get(i);
            for (int column : crossbar.segments().get(s).columns()) {
              int weight = row[column];
              if (weight != 0 && crossbar.sign().holds(weight)) {
                nonZeros[i]++;
                nonZeroCells += levelsAboveZero(Math.abs(weight), cellBits);
              }
            }
          }
        }
      }
      first = end;
    }
    long cells =
        (long) geometry.rows() * geometry.bitlines() * geometry.arraysPerSlot() * nonZeros.length;
    return new CrossbarUtilization(places(geometry), nonZeros, cells, nonZeroCells);
  }

  private static int places(CrossbarGeometry geometry) {
    return geometry.rows() * geometry.weightsPerWordline();
  }

  /** Crossbars of a row block share their array of rows, so a row is fetched once for all. */
  private static boolean sameRows(Crossbar a, Crossbar b) {
    return a.segments().size() == 1
        && b.segments().size() == 1
        && a.segments().get(0).rows() == b.segments().get(0).rows();
  }

  private static int levelsAboveZero(int magnitude, int cellBits) {
    int mask = (1 << cellBits) - 1;
    int count = 0;
    for (int rest = magnitude; rest != 0; rest >>>= cellBits) {
      count += (rest & mask) == 0 ? 0 : 1;
    }
    return count;
  }

  /** Crossbars kept. */
  public int crossbars() {
    return nonZeros.length;
  }

  /** Mean utilisation of the crossbars kept, 0 where there is none. */
  public double mean() {
    return nonZeros.length == 0
        ? 0
        : (double) Arrays.stream(nonZeros).asLongStream().sum()
            / ((double) placesPerCrossbar * nonZeros.length);
  }

  /** Cells with a level above 0 over all cells of the arrays kept, 0 where there is none. */
  public double cellShare() {
    return cells == 0 ? 0 : (double) nonZeroCells / cells;
  }

  /** Crossbars by utilisation in {@code bins} equal bins from 0 to 1; a full one is in the last. */
  public long[] histogram(int bins) {
    long[] counts = new long[bins];
    for (int used : nonZeros) {
      counts[(int) Math.min(bins - 1, (long) used * bins / placesPerCrossbar)]++;
    }
    return counts;
  }

  /** Share of the crossbars with a utilisation below {@code utilization}. */
  public double shareBelow(double utilization) {
    return nonZeros.length == 0
        ? 0
        : (double)
                Arrays.stream(nonZeros)
                    .filter(used -> used < utilization * placesPerCrossbar)
                    .count()
            / nonZeros.length;
  }

  /** Share of the crossbars below {@code fraction} of the mean utilisation. */
  public double shareBelowOfMean(double fraction) {
    return shareBelow(fraction * mean());
  }

  /**
   * Both together.
   *
   * @param other of crossbars of the same size
   */
  public CrossbarUtilization plus(CrossbarUtilization other) {
    if (placesPerCrossbar != other.placesPerCrossbar) {
      throw new IllegalArgumentException(
          "crossbars of " + placesPerCrossbar + " and " + other.placesPerCrossbar + " weights");
    }
    int[] all = Arrays.copyOf(nonZeros, nonZeros.length + other.nonZeros.length);
    System.arraycopy(other.nonZeros, 0, all, nonZeros.length, other.nonZeros.length);
    return new CrossbarUtilization(
        placesPerCrossbar, all, cells + other.cells, nonZeroCells + other.nonZeroCells);
  }
}
