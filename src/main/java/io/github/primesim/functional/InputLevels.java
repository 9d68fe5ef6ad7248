package io.github.primesim.functional;

/**
 * Real inputs of a layer as levels: the nearest one, halves up, saturating.
 *
 * @param highest highest level
 * @param levelsPerUnit levels that a real 1 has
 * @param signed whether inputs can be negative
 */
record InputLevels(int highest, float levelsPerUnit, boolean signed) {
  static InputLevels of(Calibration calibration, Formats formats) {
    return new InputLevels(
        formats.highestInput(), (float) (1 / calibration.inputScale()), calibration.signedInput());
  }

  /** Level in the positive pass; 0 for what is negative. */
  int positive(float value) {
    return Math.min(highest, (int) (Math.max(value, 0) * levelsPerUnit + 0.5f));
  }

  /** Level in the negative pass; 0 for what is positive, and for all inputs without a sign. */
  int negative(float value) {
    return signed ? positive(-value) : 0;
  }
}
