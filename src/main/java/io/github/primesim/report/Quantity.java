package io.github.primesim.report;

/** Numbers that can be drawn: what primesim measures is neither negative nor without end. */
final class Quantity {
  /** Far beyond what is measured; sums and scales of axes remain numbers. */
  private static final double MOST = 1e100;

  static final String ALLOWED = "a finite number from 0 to 1e100";

  private Quantity() {}

  static boolean isOne(double value) {
    return value >= 0 && value <= MOST;
  }
}
