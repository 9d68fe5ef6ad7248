package io.github.primesim.report;

import org.knowm.xchart.XYChart;

/**
 * An axis whose places are powers of two, such as sizes of crossbars: a logarithmic axis of the
 * library names powers of ten only.
 */
final class PowersOfTwo {
  private static final int TICKS = 10;

  private PowersOfTwo() {}

  /** Where a size stands. */
  static double exponent(int size) {
    return Math.log(size) / Math.log(2);
  }

  /** Names the places on the horizontal axis of {@code chart}. */
  static void name(XYChart chart) {
    chart
        .getStyler()
        .setXAxisTickMarkSpacingHint(chart.getWidth() / TICKS)
        .setXAxisTickLabelsFormattingFunction(PowersOfTwo::text);
  }

  /** The size at a tick; nothing between powers of two. */
  private static String text(double exponent) {
    return exponent == Math.rint(exponent) ? Long.toString(1L << (int) exponent) : "";
  }
}
