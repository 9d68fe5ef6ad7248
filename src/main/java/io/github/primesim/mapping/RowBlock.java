package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Some rows of a weight matrix that share wordlines, and what schemes ask about their columns. It
 * lives in lanes that the next block takes over: whatever is asked is asked before.
 */
final class RowBlock {
  private final IntegerMatrix weights;
  private final int number;
  private final int[] rows;
  private final Lanes lanes;
  private long negatives;

  /**
   * Reads the rows once.
   *
   * @param number place of the block among those of the matrix
   * @param lanes what the sums are formed and kept in
   */
  RowBlock(IntegerMatrix weights, SignScheme signs, int number, int[] rows, Lanes lanes) {
    this.weights = weights;
    this.number = number;
    this.rows = rows;
    this.lanes = lanes;
    if (signs == SignScheme.INDEPENDENT) {
      sumSigns();
    } else {
      sumMagnitudes();
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
   * Sum of the magnitudes of each column in that part; 0 means the column is zero here. Not to be
   * changed, and gone with the next block.
   */
  int[] weight(Sign part) {
    return part == Sign.NEGATIVE ? lanes.negative : lanes.positiveOrBoth;
  }

  /** Columns that are not zero in that part. */
  int occupied(Sign part) {
    int found = 0;
    for (int w : weight(part)) {
      found += -w >>> 31; // 1 for a weight above zero; without a choice the loop is vectorised
    }
    return found;
  }

  /** Columns that are not zero in that part, heaviest first, in groups that are full but one. */
  List<int[]> heaviestFirst(Sign part, int perGroup) {
    return lanes.order.groups(weight(part), perGroup);
  }

  /** Where the columns of that part have non-zeros: bit i of a column is {@code rows()[i]}. */
  ColumnBits bits(Sign part) {
    return ColumnBits.of(weights, rows, part);
  }

  /** Weights below zero; counted only where the signs are apart. */
  long negatives() {
    return negatives;
  }

  /** Adds up in 16 bits, which many fit in a vector register, as long as nothing can overflow. */
  private void sumMagnitudes() {
    Arrays.fill(lanes.positiveOrBoth, 0);
    int rowsPerSum = rowsPerSum();
    for (int first = 0; first < rows.length; first += rowsPerSum) {
      int end = Math.min(first + rowsPerSum, rows.length);
      for (int i = first; i < end; i++) {
        weights.copyRow(rows[i], lanes.row);
        addMagnitudes(lanes.row, lanes.high);
      }
      flush(lanes.high, lanes.positiveOrBoth);
    }
  }

  /** As {@link #sumMagnitudes}, each sign on its own. */
  private void sumSigns() {
    Arrays.fill(lanes.positiveOrBoth, 0);
    Arrays.fill(lanes.negative, 0);
    int rowsPerSum = rowsPerSum();
    for (int first = 0; first < rows.length; first += rowsPerSum) {
      int end = Math.min(first + rowsPerSum, rows.length);
      for (int i = first; i < end; i++) {
        weights.copyRow(rows[i], lanes.row);
        addSigns(lanes.row, lanes.high, lanes.low, lanes.below);
      }
      flush(lanes.high, lanes.positiveOrBoth);
      flush(lanes.low, lanes.negative);
      for (int c = 0; c < lanes.below.length; c++) {
        negatives += lanes.below[c];
        lanes.below[c] = 0;
      }
    }
  }

  private static void addMagnitudes(short[] row, short[] sums) {
    for (int c = 0; c < sums.length; c++) {
      int sign = row[c] >> 15;
      sums[c] = (short) (sums[c] + ((row[c] ^ sign) - sign));
    }
  }

  private static void addSigns(short[] row, short[] high, short[] low, short[] below) {
    for (int c = 0; c < high.length; c++) {
      int sign = row[c] >> 15;
      high[c] = (short) (high[c] + (row[c] & ~sign));
      low[c] = (short) (low[c] + (((row[c] ^ sign) - sign) & sign));
      below[c] = (short) (below[c] - sign);
    }
  }

  private int rowsPerSum() {
    return Short.MAX_VALUE / ((1 << weights.weightBits()) - 1);
  }

  private static void flush(short[] part, int[] sums) {
    for (int c = 0; c < part.length; c++) {
      sums[c] += part[c];
      part[c] = 0;
    }
  }

  /**
   * Arrays for sums over rows, and for their order: one thread handles block after block in them.
   */
  static final class Lanes {
    private final short[] row;
    private final short[] high;
    private final short[] low;
    private final short[] below;
    private final int[] positiveOrBoth;
    private final int[] negative;
    private final WeightOrder order;

    Lanes(int columns) {
      row = new short[columns];
      high = new short[columns];
      low = new short[columns];
      below = new short[columns];
      positiveOrBoth = new int[columns];
      negative = new int[columns];
      order = new WeightOrder(columns);
    }
  }
}
