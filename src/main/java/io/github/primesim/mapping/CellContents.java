package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;

/**
 * What the mapped crossbars store, read in one pass.
 *
 * @param utilization how full they are
 * @param levels what their cells conduct
 */
public record CellContents(Utilization utilization, CellLevels levels) {

  /**
   * Reads all crossbars of a mapping, O(places kept).
   *
   * @param weights the matrix that was mapped
   * @param cellBits bits a cell stores; the magnitude of a weight is cut into slices of so many
   *     bits from the least significant one on
   * @param hasBias whether the last row of the matrix is a bias
   */
  public static CellContents of(
      LayerMapping mapping, IntegerMatrix weights, int cellBits, boolean hasBias) {
    Reader reader = new Reader(mapping.geometry(), weights, cellBits, hasBias);
    List<Crossbar> crossbars = mapping.crossbars();
    int[] nonZeros = new int[crossbars.size()];
    int first = 0;
    while (first < crossbars.size()) {
      int end = first + 1;
      while (end < crossbars.size() && sameRows(crossbars.get(first), crossbars.get(end))) {
        end++;
      }
      reader.read(crossbars.subList(first, end), nonZeros, first);
      first = end;
    }
    return reader.contents(nonZeros);
  }

  /** Crossbars of a row block share their array of rows, so a row is fetched once for all. */
  private static boolean sameRows(Crossbar a, Crossbar b) {
    return a.segments().size() == 1
        && b.segments().size() == 1
        && a.segments().get(0).rows() == b.segments().get(0).rows();
  }

  private static final class Reader {
    private final CrossbarGeometry geometry;
    private final IntegerMatrix weights;
    private final short[] row;
    private final int slices;
    private final int cellBits;
    private final int biasRow;
    private long inputCells;
    private long biasCells;
    private long nonZeroCells;
    private final long[] inputLevels;
    private final long[] biasLevels;

    Reader(CrossbarGeometry geometry, IntegerMatrix weights, int cellBits, boolean hasBias) {
      this.geometry = geometry;
      this.weights = weights;
      this.cellBits = cellBits;
      this.slices = geometry.bitlinesPerWeight();
      this.row = new short[weights.columns()];
      this.biasRow = hasBias ? weights.rows() - 1 : -1;
      this.inputLevels = new long[slices];
      this.biasLevels = new long[slices];
      if (weights.weightBits() > slices * cellBits) {
        throw new IllegalArgumentException(
            weights.weightBits() + " bits do not fit " + slices + " cells of " + cellBits);
      }
    }

    /** Reads crossbars of one segment on the same rows, or a single crossbar of any form. */
    void read(List<Crossbar> crossbars, int[] nonZeros, int first) {
      for (int s = 0; s < crossbars.get(0).segments().size(); s++) {
        for (int r : crossbars.get(0).segments().get(s).rows()) {
          weights.copyRow(r, row);
          for (int i = 0; i < crossbars.size(); i++) {
            Crossbar crossbar = crossbars.get(i);
            nonZeros[first + i] +=
                readRow(crossbar.sign(), crossbar.segments().get(s).columns(), r == biasRow);
          }
        }
      }
    }

    private int readRow(Sign part, int[] columns, boolean bias) {
      long[] levels = bias ? biasLevels : inputLevels;
      long conducting = (long) columns.length * geometry.arraysPerSlot();
      if (bias) {
        biasCells += conducting;
      } else {
        inputCells += conducting;
      }
      int mask = (1 << cellBits) - 1;
      int found = 0;
      for (int column : columns) {
        int weight = row[column];
        if (weight != 0 && part.holds(weight)) {
          found++;
          int rest = Math.abs(weight);
          for (int slice = slices - 1; slice >= 0; slice--) {
            int level = rest & mask;
            rest >>= cellBits;
            levels[slice] += level;
            nonZeroCells += level == 0 ? 0 : 1;
          }
        }
      }
      return found;
    }

    CellContents contents(int[] nonZeros) {
      int places = geometry.rows() * geometry.weightsPerWordline();
      long cells =
          (long) geometry.rows() * geometry.bitlines() * geometry.arraysPerSlot() * nonZeros.length;
      return new CellContents(
          new Utilization(places, nonZeros, cells, nonZeroCells),
          new CellLevels(inputCells, biasCells, inputLevels, biasLevels));
    }
  }
}
