package io.github.primesim.report;

import java.util.stream.Stream;

/**
 * What an axis of a sweep's figures shows.
 *
 * @param column of the table
 * @param title of the axis, with its unit
 * @param divisor from the numbers of the table to that unit
 */
record SweepMetric(String column, String title, double divisor) {
  static final SweepMetric ENERGY = new SweepMetric("energyPj", "energy per inference, nJ", 1e3);
  static final SweepMetric LATENCY = new SweepMetric("latencyNs", "latency, us", 1e3);
  static final SweepMetric AREA =
      new SweepMetric("computeAreaUm2", "area without memory subarrays, mm2", 1e6);
  static final SweepMetric ACCURACY = new SweepMetric(PointTable.ACCURACY, "images right, %", 0.01);
  static final SweepMetric CHIP_ACCURACY =
      new SweepMetric(PointTable.CHIP_ACCURACY, "images right on a chip, %", 0.01);

  /** The metric of a column. */
  static SweepMetric of(String column) {
    return Stream.of(ENERGY, LATENCY, AREA, ACCURACY, CHIP_ACCURACY)
        .filter(each -> each.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a larger number is the better one. */
  static boolean wantsMore(String column) {
    return column.equals(PointTable.ACCURACY) || column.equals(PointTable.CHIP_ACCURACY);
  }

  /** Of a point, in the unit of the axis. */
  double of(SweepFolder sweep, int row) {
    return sweep.number(row, column) / divisor;
  }
}
