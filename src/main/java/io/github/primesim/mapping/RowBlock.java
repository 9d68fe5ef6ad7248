package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;

/** Some rows of a weight matrix that share wordlines, and what schemes ask about their columns. */
final class RowBlock {
  private final IntegerMatrix weights;
  private final int number;
  private final int[] rows;
  private final boolean split;
  private final int[] positiveOrBoth;
  private final int[] negative;
  private long positives;

  /**
   * Reads the rows once.
   *
   * @param number place of the block among those of the matrix
   * @param lanes what the sums are formed in; free again afterwards
   */
  RowBlock(IntegerMatrix weights, SignScheme signs, int number, int[] rows, Lanes lanes) {
    this.weights = weights;
    this.number = number;
    this.rows = rows;
    this.split = signs == SignScheme.INDEPENDENT;
    this.positiveOrBoth = new int[weights.columns()];
    this.negative = new int[split ? weights.columns() : 0];
    if (split) {
      sumSigns(lanes);
    } else {
      sumMagnitudes(lanes);
    }
  }

  int number() {
    return number;
  }

  /** Rows on the wordlines; shared, not to be changed. */
  int[] rows() {
    return rows;
  }

  /**
   * Sum of the magnitudes of each column in that part; 0 means the column is zero here. Shared, not
   * to be changed.
   */
  int[] weight(Sign part) {
    return part == Sign.NEGATIVE ? negative : positiveOrBoth;
  }

  /** Columns that are not zero in that part. */
  int occupied(Sign part) {
    int found = 0;
    for (int w : weight(part)) {
      found += w == 0 ? 0 : 1;
    }
    return found;
  }

  /** Where the columns of that part have non-zeros: bit i of a column is {@code rows()[i]}. */
  ColumnBits bits(Sign part) {
    return ColumnBits.of(weights, rows, part);
  }

  /** Weights above zero; counted only where the signs are apart. */
  long positives() {
    return positives;
  }

  /**
   * Adds up in 16 bits as long as nothing can overflow. Loops that stay within one width run in
   * vector registers; with the signs picked by shifts they need no branch either.
   */
  private void sumMagnitudes(Lanes lanes) {
    short[] row = lanes.row;
    short[] sums = lanes.high;
    int rowsPerSum = rowsPerSum();
    for (int first = 0; first < rows.length; first += rowsPerSum) {
      int end = Math.min(first + rowsPerSum, rows.length);
      for (int i = first; i < end; i++) {
        weights.copyRow(rows[i], row);
        addMagnitude(row, sums);
      }
      flush(sums, positiveOrBoth);
    }
  }

  /** As {@link #sumMagnitudes}, each sign on its own. */
  private void sumSigns(Lanes lanes) {
    int columns = weights.columns();
    short[] row = lanes.row;
    short[] negated = lanes.negated;
    short[] high = lanes.high;
    short[] low = lanes.low;
    short[] above = lanes.above;
    int rowsPerSum = rowsPerSum();
    for (int first = 0; first < rows.length; first += rowsPerSum) {
      int end = Math.min(first + rowsPerSum, rows.length);
      for (int i = first; i < end; i++) {
        weights.copyRow(rows[i], row);
        negate(row, negated);
        addPositive(row, high);
        addPositive(negated, low);
        countNegative(negated, above);
      }
      flush(high, positiveOrBoth);
      flush(low, negative);
      for (int c = 0; c < columns; c++) {
        positives += above[c];
        above[c] = 0;
      }
    }
  }

  private int rowsPerSum() {
    return Short.MAX_VALUE / ((1 << weights.weightBits()) - 1);
  }

  private static void addMagnitude(short[] row, short[] sums) {
    for (int c = 0; c < sums.length; c++) {
      int sign = row[c] >> 15;
      sums[c] = (short) (sums[c] + ((row[c] ^ sign) - sign));
    }
  }

  private static void addPositive(short[] row, short[] sums) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] = (short) (sums[c] + (row[c] & ~(row[c] >> 15)));
    }
  }

  private static void countNegative(short[] row, short[] counts) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] = (short) (counts[c] - (row[c] >> 15));
    }
  }

  private static void negate(short[] row, short[] negated) {
    for (int c = 0; c < negated.length; c++) {
      negated[c] = (short) -row[c];
    }
  }

  private static void flush(short[] part, int[] sums) {
    for (int c = 0; c < part.length; c++) {
      sums[c] += part[c];
      part[c] = 0;
    }
  }

  /**
   * A row of the matrix and sums over rows, in 16 bits. One thread sums block after block in the
   * same lanes; the sums are zero in between.
   */
  static final class Lanes {
    private final short[] row;
    private final short[] negated;
    private final short[] high;
    private final short[] low;
    private final short[] above;

    Lanes(int columns) {
      row = new short[columns];
      negated = new short[columns];
      high = new short[columns];
      low = new short[columns];
      above = new short[columns];
    }
  }
}
