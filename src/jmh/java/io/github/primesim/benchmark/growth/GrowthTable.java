package io.github.primesim.benchmark.growth;

import java.util.List;
import java.util.Locale;

/** The measured series as CSV and as tables of the documentation. */
record GrowthTable(List<Curve> curves) {

  String csv() {
    StringBuilder text = new StringBuilder("series,size,cpuSeconds,wallSeconds,peakMib\n");
    for (Curve curve : curves) {
      for (int i = 0; i < curve.costs().size(); i++) {
        Cost cost = curve.costs().get(i);
        text.append(
            String.format(
                Locale.ROOT,
                "\"%s\",%d,%.2f,%.2f,%.0f%n",
                curve.series().name(),
                curve.series().points().get(i).size(),
                cost.cpuSeconds(),
                cost.wallSeconds(),
                cost.peakMib()));
      }
    }
    return text.toString();
  }

  String markdown() {
    StringBuilder text =
        new StringBuilder(
            "| what grows | of | exponent of CPU time, all points | last two points | of memory, all"
                + " points | last two points |\n|---|---|---:|---:|---:|---:|\n");
    for (Curve curve : curves) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
              curve.series().name(),
              curve.series().what(),
              shown(curve.exponent(Cost::cpuSeconds)),
              shown(curve.lastExponent(Cost::cpuSeconds)),
              shown(curve.exponent(Cost::peakMib)),
              shown(curve.lastExponent(Cost::peakMib))));
    }
    text.append("\n| what grows | to | CPU s | wall s | peak MiB |\n|---|---:|---:|---:|---:|\n");
    for (Curve curve : curves) {
      for (int i = 0; i < curve.costs().size(); i++) {
        Cost cost = curve.costs().get(i);
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f | %.2f | %,.0f |%n",
                curve.series().name(),
                curve.series().points().get(i).size(),
                cost.cpuSeconds(),
                cost.wallSeconds(),
                cost.peakMib()));
      }
    }
    return text.toString();
  }

  /** In hundredths, without a sign where there are none. */
  private static double shown(double exponent) {
    return Math.round(100 * exponent) / 100.0;
  }
}
