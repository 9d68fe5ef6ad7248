package io.github.primesim.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a sweep: energy, latency and area over each key that varies, and the Pareto fronts
 * with the points named.
 */
final class SweepFigures {
  private static final List<SweepMetric> METRICS =
      List.of(SweepMetric.ENERGY, SweepMetric.LATENCY, SweepMetric.AREA);

  private final SweepFolder sweep;

  SweepFigures(SweepFolder sweep) {
    this.sweep = sweep;
  }

  List<PaperFigure> all() {
    List<PaperFigure> figures = new ArrayList<>();
    if (sweep.done().isEmpty()) {
      return figures;
    }
    for (String key : sweep.varying()) {
      METRICS.forEach(metric -> figures.add(new SweepLines(sweep, key, metric).figure()));
    }
    for (List<String> trade : SweepFolder.TRADES) {
      if (trade.size() == 2) {
        figures.add(
            new SweepFronts(sweep, SweepMetric.of(trade.get(0)), SweepMetric.of(trade.get(1)))
                .figure());
      }
    }
    return figures;
  }
}
