package io.github.primesim.mapping;

import java.util.Arrays;

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
public record Utilization(int placesPerCrossbar, int[] nonZeros, long cells, long nonZeroCells) {

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
  public Utilization plus(Utilization other) {
    if (placesPerCrossbar != other.placesPerCrossbar) {
      throw new IllegalArgumentException(
          "crossbars of " + placesPerCrossbar + " and " + other.placesPerCrossbar + " weights");
    }
    int[] all = Arrays.copyOf(nonZeros, nonZeros.length + other.nonZeros.length);
    System.arraycopy(other.nonZeros, 0, all, nonZeros.length, other.nonZeros.length);
    return new Utilization(
        placesPerCrossbar, all, cells + other.cells, nonZeroCells + other.nonZeroCells);
  }
}
