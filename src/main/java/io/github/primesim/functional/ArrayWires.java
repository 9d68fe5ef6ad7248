package io.github.primesim.functional;

import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The wires of an array, which have the same resistance from each cell to the next.
 *
 * <p>Wordlines are driven at the end where bitline 0 crosses them, bitlines are held at 0 V by
 * sense amplifiers at the end where wordline 0 crosses them; the first cell is as far from the end
 * as cells are from each other. Columns of the same turn conduct together: the sense amplifiers
 * take the columns in turns, as many side by side as there are amplifiers, one slice of them after
 * another, and the other bitlines float, unless all conduct at the same time.
 *
 * <p>All that conducts is linear, so the current of a bitline is the sum, over wordlines, of their
 * voltage times a number that only hangs on the cells: what the cell <em>seems</em> to conduct.
 * These numbers are worked out exactly, one wordline after another from the far end of the bitlines
 * (a block tridiagonal system, as large a block as bitlines that conduct together).
 *
 * <p>Conductances are in any unit, and resistances in its inverse.
 */
final class ArrayWires {
  private final double resistance;
  private final int slices;
  private final int together;

  /**
   * @param resistance of a wire from one cell to the next, more than 0
   * @param slices bitlines of a weight, side by side
   * @param together columns of which one bitline each conducts at a time, or 0 where all bitlines
   *     do
   */
  ArrayWires(double resistance, int slices, int together) {
    this.resistance = resistance;
    this.slices = slices;
    this.together = together;
  }

  /**
   * What cells seem to conduct.
   *
   * @param firstWordline wordlines between the sense amplifiers and the first one that is driven
   * @param cells what they conduct, by bitline and wordline
   */
  double[][] seen(int firstWordline, double[][] cells) {
    double[][] seen = new double[cells.length][];
    if (together == 0) {
      turn(firstWordline, IntStream.range(0, cells.length).toArray(), cells, seen);
      return seen;
    }
    int columns = cells.length / slices;
    for (int first = 0; first < columns; first += together) {
      int count = Math.min(together, columns - first);
      for (int slice = 0; slice < slices; slice++) {
        int start = first * slices + slice;
        int[] bitlines = IntStream.range(0, count).map(i -> start + i * slices).toArray();
        turn(firstWordline, bitlines, cells, seen);
      }
    }
    return seen;
  }

  /** What the cells of one bitline seem to conduct while no other one does. */
  double[] seenAlone(int firstWordline, int bitline, double[] cells) {
    double[][] all = new double[bitline + 1][];
    all[bitline] = cells;
    double[][] seen = new double[bitline + 1][];
    turn(firstWordline, new int[] {bitline}, all, seen);
    return seen[bitline];
  }

  private void turn(int firstWordline, int[] bitlines, double[][] cells, double[][] seen) {
    int rows = cells[bitlines[0]].length;
    // Of each wordline: what drives the bitlines per volt, and the inverse of what the node of
    // each bitline sees from there on; all conductances are times the resistance.
    double[][] driven = new double[rows][];
    RealMatrix[] inverse = new RealMatrix[rows];
    for (int row = rows - 1; row >= 0; row--) {
      double toSense = row == 0 ? 1.0 / (firstWordline + 1) : 1;
      RealMatrix node = new Array2DRowRealMatrix(bitlines.length, bitlines.length);
      driven[row] = wordline(row, bitlines, cells, node);
      for (int i = 0; i < bitlines.length; i++) {
        node.addToEntry(i, i, toSense + (row + 1 < rows ? 1 : 0));
      }
      inverse[row] = inverse(row + 1 < rows ? node.subtract(inverse[row + 1]) : node);
    }
    RealMatrix passed =
        MatrixUtils.createRealIdentityMatrix(bitlines.length)
            .scalarMultiply(1.0 / (firstWordline + 1));
    for (int bitline : bitlines) {
      seen[bitline] = new double[rows];
    }
    for (int row = 0; row < rows; row++) {
      passed = passed.multiply(inverse[row]);
      double[] currents = passed.operate(driven[row]);
      for (int i = 0; i < bitlines.length; i++) {
        seen[bitlines[i]][row] = currents[i] / resistance;
      }
    }
  }

  /**
   * A wordline between its driver and the bitlines.
   *
   * @param node gets what it conducts from the bitlines, times the resistance
   * @return the currents into the bitlines, were they at 0 V, per volt of the driver and times the
   *     resistance
   */
  private double[] wordline(int row, int[] bitlines, double[][] cells, RealMatrix node) {
    int count = bitlines.length;
    double[] conducts = new double[count];
    RealMatrix wire = new Array2DRowRealMatrix(count, count);
    int before = -1;
    for (int i = 0; i < count; i++) {
      conducts[i] = resistance * cells[bitlines[i]][row];
      double piece = 1.0 / (bitlines[i] - before);
      before = bitlines[i];
      wire.addToEntry(i, i, piece + conducts[i]);
      if (i > 0) {
        wire.addToEntry(i - 1, i - 1, piece);
        wire.setEntry(i - 1, i, -piece);
        wire.setEntry(i, i - 1, -piece);
      }
    }
    RealMatrix voltages = inverse(wire);
    double[] driven = new double[count];
    for (int i = 0; i < count; i++) {
      driven[i] = conducts[i] * voltages.getEntry(i, 0) / (bitlines[0] + 1);
      for (int j = 0; j < count; j++) {
        double back = conducts[i] * voltages.getEntry(i, j) * conducts[j];
        node.setEntry(i, j, (i == j ? conducts[i] : 0) - back);
      }
    }
    return driven;
  }

  private static RealMatrix inverse(RealMatrix matrix) {
    return new LUDecomposition(matrix, 0).getSolver().getInverse();
  }
}
