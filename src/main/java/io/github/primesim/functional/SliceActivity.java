package io.github.primesim.functional;

/**
 * How strongly one input slice drives the wordlines, on average over the inputs of a layer, zeros
 * and padding included, the bias left out. Of signed inputs the magnitude counts: both passes
 * together.
 *
 * @param meanLevel mean level
 * @param meanSquare mean of the squared level, to which the power in a cell is proportional
 * @param nonZeroShare share of the inputs whose level is not 0
 */
public record SliceActivity(double meanLevel, double meanSquare, double nonZeroShare) {
  public SliceActivity {
    check(meanLevel, "meanLevel");
    check(meanSquare, "meanSquare");
    check(nonZeroShare, "nonZeroShare");
    if (nonZeroShare > 1) {
      throw new IllegalArgumentException("nonZeroShare is " + nonZeroShare + ", at most 1");
    }
  }

  private static void check(double value, String key) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(key + " is " + value + ", must not be negative");
    }
  }
}
