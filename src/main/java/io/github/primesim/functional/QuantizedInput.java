package io.github.primesim.functional;

import java.util.Arrays;

/**
 * The inputs of a layer as levels of dynamic fixed point, sign and magnitude, with the constant
 * level of the bias wordline as the last row. Laid out row by row; a row has a level for each
 * position. Work space: filled again for each input.
 */
final class QuantizedInput {
  private final Calibration calibration;
  private final InputLevels levels;
  private final int rows;
  private final boolean bias;
  private int positions;
  private int[] positive = new int[0];
  private int[] negative = new int[0];
  private boolean anyNegative;

  /**
   * @param rows rows of the weight matrix, a bias included
   * @param bias whether the last row is a bias
   */
  QuantizedInput(Calibration calibration, Formats formats, int rows, boolean bias) {
    this.calibration = calibration;
    this.levels = InputLevels.of(calibration, formats);
    this.rows = rows;
    this.bias = bias;
  }

  /** Replaces the levels. Negative values of inputs that are unsigned become 0. */
  void fill(float[] input, int inputPositions) {
    if (positions != inputPositions) {
      positions = inputPositions;
      positive = new int[rows * positions];
      negative = new int[calibration.signedInput() ? rows * positions : 0];
    }
    int values = (rows - (bias ? 1 : 0)) * positions;
    for (int i = 0; i < values; i++) {
      positive[i] = levels.positive(input[i]);
    }
    Arrays.fill(positive, values, positive.length, calibration.biasLevel());
    anyNegative = false;
    if (calibration.signedInput()) {
      for (int i = 0; i < values; i++) {
        negative[i] = levels.negative(input[i]);
        anyNegative |= negative[i] > 0;
      }
    }
  }

  /** Input vectors. */
  int positions() {
    return positions;
  }

  /** Levels of the positive inputs and the bias, 0 for the others. */
  int[] positive() {
    return positive;
  }

  /** Magnitudes of the negative inputs, 0 for the others; not filled if there is none. */
  int[] negative() {
    return negative;
  }

  /** Whether a negative pass has anything to add. */
  boolean anyNegative() {
    return anyNegative;
  }
}
