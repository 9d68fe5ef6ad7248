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

  /** The metric of a column. */
  static SweepMetric of(String column) {
    return Stream.of(ENERGY, LATENCY, AREA)
        .filter(each -> each.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  /** Of a point, in the unit of the axis. */
  double of(SweepFolder sweep, int row) {
    return sweep.number(row, column) / divisor;
  }
}
