package io.github.primesim.experiment;

/**
 * Where the non-zero weights of crossbars lie, side by side as they are drawn: places for weights
 * in bins, coarse enough for a picture.
 *
 * <p>Counts are kept and not shares, so that a bin across the border of a crossbar is right.
 *
 * @param rows wordlines of all crossbars below one another
 * @param columns weight columns of all crossbars beside one another
 * @param step places of a bin along each side
 * @param nonZeros non-zero weights by bin, row by row
 * @param places places of crossbars that are there, by bin; 0 where a crossbar was left out
 */
@SuppressWarnings("ArrayRecordComponent") // a picture, never compared
public record DensityMap(int rows, int columns, int step, int[] nonZeros, int[] places) {
  static DensityMap empty(int rows, int columns, int step) {
    int bins = Math.multiplyExact(bins(rows, step), bins(columns, step));
    return new DensityMap(rows, columns, step, new int[bins], new int[bins]);
  }

  private static int bins(int places, int step) {
    return (places + step - 1) / step;
  }

  /** Bins along the wordlines. */
  public int binRows() {
    return bins(rows, step);
  }

  /** Bins along the bitlines. */
  public int binColumns() {
    return bins(columns, step);
  }

  /** Share of the places of a bin whose weight is not zero; negative where no crossbar is. */
  public double density(int binRow, int binColumn) {
    int bin = binRow * binColumns() + binColumn;
    return places[bin] == 0 ? -1 : (double) nonZeros[bin] / places[bin];
  }

  /** Largest density of a bin. */
  public double densest() {
    double densest = 0;
    for (int bin = 0; bin < places.length; bin++) {
      densest = Math.max(densest, places[bin] == 0 ? 0 : (double) nonZeros[bin] / places[bin]);
    }
    return densest;
  }

  void place(int row, int column) {
    places[row / step * binColumns() + column / step]++;
  }

  void nonZero(int row, int column) {
    nonZeros[row / step * binColumns() + column / step]++;
  }
}
