package io.github.primesim.lowering;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Sums of the levels that the cells of a weight matrix hold, asked for by rectangle.
 *
 * <p>Crossbars side by side share their wordlines. Where they cover much of the matrix, whole rows
 * are added up once for all of them, column by column: memory is then read in its own order, and
 * loops that stay within 16 bits and branch nowhere run in vector registers. Elsewhere only the
 * cells of the rectangle are read.
 */
final class CellLevels {
  /** Share of a row that must be wanted for it to be added up as a whole: reading it is cheap. */
  private static final int CHEAPER = 8;

  private final IntegerMatrix weights;
  private final int biasRow;
  private final Format format;

  /** By segment: whether its wordlines are added up as a whole. */
  private final BitSet whole = new BitSet();

  private int asked;

  // Of the wordlines that were last added up: by weight slice and column.
  private int[] summedRows;
  private Sign summedSign;
  private final int[][] sums;

  private final short[] row;
  private final short[] magnitudes;

  /** How a weight is cut into cell levels. */
  record Format(int slices, int cellBits) {}

  /**
   * Sums over cells of {@code weights}.
   *
   * @param biasRow the row that is a bias and left out of all sums, -1 for none
   * @param crossbars all whose segments will be asked for, in this order
   */
  CellLevels(IntegerMatrix weights, int biasRow, Format format, List<Crossbar> crossbars) {
    this.weights = weights;
    this.biasRow = biasRow;
    this.format = format;
    sums = new int[format.slices()][weights.columns()];
    row = new short[weights.columns()];
    magnitudes = new short[weights.columns()];
    int first = 0;
    int segments = 0;
    long columns = 0;
    int[] rows = null;
    Sign sign = null;
    for (Crossbar crossbar : crossbars) {
      for (Segment segment : crossbar.segments()) {
        if (segment.rows() != rows || crossbar.sign() != sign) {
          whole.set(first, segments, columns * CHEAPER >= weights.columns());
          first = segments;
          columns = 0;
          rows = segment.rows();
          sign = crossbar.sign();
        }
        columns += segment.columns().length;
        segments++;
      }
    }
    whole.set(first, segments, columns * CHEAPER >= weights.columns());
  }

  /** Weight slices. */
  int slices() {
    return format.slices();
  }

  /**
   * Adds what the cells of the next segment hold by slice, most significant first, but for the
   * bias.
   */
  void addInputs(Segment segment, Sign sign, long[] levels) {
    if (!whole.get(asked++)) {
      for (int r : segment.rows()) {
        if (r != biasRow) {
          addRow(r, segment.columns(), sign, levels);
        }
      }
      return;
    }
    if (summedRows != segment.rows() || summedSign != sign) {
      sumUp(segment.rows(), sign);
    }
    for (int slice = 0; slice < sums.length; slice++) {
      int[] ofSlice = sums[slice];
      long sum = 0;
      for (int column : segment.columns()) {
        sum += ofSlice[column];
      }
      levels[slice] += sum;
    }
  }

  /** Adds what the cells on one wordline hold by slice, most significant first. */
  void addRow(int r, int[] columns, Sign sign, long[] levels) {
    int mask = (1 << format.cellBits()) - 1;
    for (int column : columns) {
      int magnitude = magnitude(weights.at(r, column), sign);
      for (int slice = levels.length - 1; slice >= 0; slice--) {
        levels[slice] += magnitude & mask;
        magnitude >>>= format.cellBits();
      }
    }
  }

  private static int magnitude(int weight, Sign sign) {
    return switch (sign) {
      case PAIR -> Math.abs(weight);
      case POSITIVE -> Math.max(weight, 0);
      case NEGATIVE -> Math.max(-weight, 0);
    };
  }

  private void sumUp(int[] rows, Sign sign) {
    summedRows = rows;
    summedSign = sign;
    for (int[] ofSlice : sums) {
      Arrays.fill(ofSlice, 0);
    }
    int mask = (1 << format.cellBits()) - 1;
    // So many rows fit into 16 bits.
    int rowsPerSum = Short.MAX_VALUE / mask;
    short[][] parts = new short[sums.length][row.length];
    int added = 0;
    for (int r : rows) {
      if (r == biasRow) {
        continue;
      }
      weights.copyRow(r, row);
      switch (sign) {
        case PAIR -> magnitudes(row, magnitudes);
        case POSITIVE -> positives(row, magnitudes);
        case NEGATIVE -> negatives(row, magnitudes);
      }
      for (int slice = 0; slice < parts.length; slice++) {
        int shift = (parts.length - 1 - slice) * format.cellBits();
        addSlice(magnitudes, shift, (short) mask, parts[slice]);
      }
      if (++added == rowsPerSum) {
        flush(parts);
        added = 0;
      }
    }
    flush(parts);
  }

  private static void magnitudes(short[] row, short[] magnitudes) {
    for (int c = 0; c < row.length; c++) {
      int sign = row[c] >> 15;
      magnitudes[c] = (short) ((row[c] ^ sign) - sign);
    }
  }

  private static void positives(short[] row, short[] magnitudes) {
    for (int c = 0; c < row.length; c++) {
      magnitudes[c] = (short) (row[c] & ~(row[c] >> 15));
    }
  }

  private static void negatives(short[] row, short[] magnitudes) {
    for (int c = 0; c < row.length; c++) {
      magnitudes[c] = (short) (-row[c] & (row[c] >> 15));
    }
  }

  private static void addSlice(short[] magnitudes, int shift, short mask, short[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = (short) (sums[c] + ((magnitudes[c] >> shift) & mask));
    }
  }

  private void flush(short[][] parts) {
    for (int slice = 0; slice < parts.length; slice++) {
      short[] part = parts[slice];
      int[] ofSlice = sums[slice];
      for (int c = 0; c < part.length; c++) {
        ofSlice[c] += part[c];
        part[c] = 0;
      }
    }
  }
}
