package io.github.primesim.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a sweep: energy, latency, area and accuracy over each key that varies, and the
 * Pareto fronts with the points named.
 */
final class SweepFigures {
  private final SweepFolder sweep;

  SweepFigures(SweepFolder sweep) {
    this.sweep = sweep;
  }

  List<PaperFigure> all() {
    List<PaperFigure> figures = new ArrayList<>();
    if (sweep.done().isEmpty()) {
      return figures;
    }
    List<SweepMetric> metrics =
        new ArrayList<>(List.of(SweepMetric.ENERGY, SweepMetric.LATENCY, SweepMetric.AREA));
    sweep.accuracies().map(SweepMetric::of).forEach(metrics::add);
    for (String key : sweep.varying()) {
      metrics.forEach(metric -> figures.add(new SweepLines(sweep, key, metric).figure()));
    }
    for (List<String> trade : sweep.trades()) {
      if (trade.size() == 2) {
        figures.add(
            new SweepFronts(sweep, SweepMetric.of(trade.get(0)), SweepMetric.of(trade.get(1)))
                .figure());
      }
    }
    return figures;
  }
}
