package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;

/**
 * The weight of each column within one row block, for each sign part: what a mapping needs to know
 * of the weights. One object serves all blocks of a matrix, one after another.
 */
final class BlockWeights {
  private final IntegerMatrix weights;
  private final short[] row;
  private final int[] positiveOrBoth;
  private final int[] negative;
  private final boolean split;

  BlockWeights(IntegerMatrix weights, SignScheme signs) {
    this.weights = weights;
    this.split = signs == SignScheme.INDEPENDENT;
    this.row = new short[weights.columns()];
    this.positiveOrBoth = new int[weights.columns()];
    this.negative = new int[split ? weights.columns() : 0];
  }

  /** Replaces the contents by the sums over {@code rows}. */
  void sum(int[] rows) {
    Arrays.fill(positiveOrBoth, 0);
    Arrays.fill(negative, 0);
    for (int r : rows) {
      weights.copyRow(r, row);
      if (split) {
        addSplit();
      } else {
        addBoth();
      }
    }
  }

  /** Sum of the magnitudes of each column in that part; valid until the next {@link #sum}. */
  int[] of(Sign part) {
    return part == Sign.NEGATIVE ? negative : positiveOrBoth;
  }

  private void addBoth() {
    short[] values = row;
    int[] sums = positiveOrBoth;
    for (int c = 0; c < sums.length; c++) {
      int value = values[c];
      if (value != 0) { // most are zero: cheaper than adding zeros
        sums[c] += Math.abs(value);
      }
    }
  }

  private void addSplit() {
    for (int c = 0; c < row.length; c++) {
      int value = row[c];
      if (value > 0) {
        positiveOrBoth[c] += value;
      } else if (value < 0) {
        negative[c] -= value;
      }
    }
  }
}
