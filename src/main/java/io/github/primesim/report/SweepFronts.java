package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/** Pareto fronts of a sweep: points are numbered, and named where the legend is. */
final class SweepFronts {
  private static final int LEAST_HEIGHT = 165;

  /** Points of a paper for a line of the legend, and for what is around it. */
  private static final int LINE = 11;

  private static final int AROUND = 40;

  /** Points of a front that are named. */
  private static final int MOST_NAMED = 24;

  private static final int MOST_LETTERS = 44;
  private static final Color BEATEN = new Color(0x9A9A9A);

  /** How far a number stands beside its point, in parts of what the axes show. */
  private static final double BESIDE = 0.02;

  private static final double ABOVE = 0.045;

  private final SweepFolder sweep;
  private final SweepMetric across;
  private final SweepMetric up;

  SweepFronts(SweepFolder sweep, SweepMetric across, SweepMetric up) {
    this.sweep = sweep;
    this.across = across;
    this.up = up;
  }

  PaperFigure figure() {
    List<Integer> done = sweep.done();
    List<Integer> on = sweep.front(List.of(across.column(), up.column()));
    int lines = 2 * sweep.values("network").size() + Math.min(on.size(), MOST_NAMED + 1);
    int height = Math.max(LEAST_HEIGHT, AROUND + LINE * lines);
    XYChart chart = PaperCharts.plane(Width.PAGE.points(), height, across.title(), up.title());
    Map<String, List<Integer>> byNetwork = new LinkedHashMap<>();
    done.forEach(
        row ->
            byNetwork
                .computeIfAbsent(sweep.field(row, "network"), any -> new ArrayList<>())
                .add(row));
    // What is beaten lies below.
    int number = 0;
    for (Map.Entry<String, List<Integer>> network : byNetwork.entrySet()) {
      List<Integer> beaten = network.getValue().stream().filter(row -> !on.contains(row)).toList();
      if (!beaten.isEmpty()) {
        points(chart, number, network.getKey() + ", others", beaten)
            .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
            .setMarkerColor(BEATEN);
      }
      number++;
    }
    number = 0;
    List<Integer> best = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> network : byNetwork.entrySet()) {
      List<Integer> front =
          network.getValue().stream()
              .filter(on::contains)
              .sorted(
                  Comparator.<Integer>comparingDouble(row -> across.of(sweep, row))
                      .thenComparingDouble(row -> up.of(sweep, row)))
              .toList();
      points(chart, number, network.getKey() + ", front", front);
      number(chart, front, best.size(), number++ % 2 == 0 ? -1 : 1);
      best.addAll(front);
    }
    name(chart, best);
    return new PaperFigure(
        "front-" + up.column() + "-over-" + across.column(),
        Width.PAGE,
        height,
        Panels.of(List.of(chart), 1).painter(),
        table(done, on));
  }

  /**
   * Numbers beside the points, below where no other point of the network can be, those of points
   * that lie on each other in one place.
   */
  private void number(XYChart chart, List<Integer> front, int before, int side) {
    DoubleSummaryStatistics width = span(across);
    DoubleSummaryStatistics height = span(up);
    Map<List<Double>, List<String>> numbers = new LinkedHashMap<>();
    for (int i = 0; i < front.size() && before + i < MOST_NAMED; i++) {
      List<Double> place = List.of(across.of(sweep, front.get(i)), up.of(sweep, front.get(i)));
      numbers
          .computeIfAbsent(place, any -> new ArrayList<>())
          .add(Integer.toString(before + i + 1));
    }
    numbers.forEach(
        (place, of) ->
            chart.addAnnotation(
                new AnnotationText(
                    String.join(", ", of),
                    place.get(0) + side * BESIDE * (width.getMax() - width.getMin()),
                    place.get(1) + side * ABOVE * (height.getMax() - height.getMin()),
                    false)));
  }

  private DoubleSummaryStatistics span(SweepMetric metric) {
    return sweep.done().stream().mapToDouble(row -> metric.of(sweep, row)).summaryStatistics();
  }

  /** Lines of the legend that say which point a number is. */
  private void name(XYChart chart, List<Integer> best) {
    for (int i = 0; i < best.size() && i < MOST_NAMED; i++) {
      PaperCharts.remark(
          chart,
          (i + 1) + "  " + label(best.get(i)),
          across.of(sweep, best.get(i)),
          up.of(sweep, best.get(i)));
    }
    if (best.size() > MOST_NAMED) {
      PaperCharts.remark(
          chart,
          "and " + (best.size() - MOST_NAMED) + " more",
          across.of(sweep, best.get(0)),
          up.of(sweep, best.get(0)));
    }
  }

  private XYSeries points(XYChart chart, int number, String name, List<Integer> rows) {
    double[] x = rows.stream().mapToDouble(row -> across.of(sweep, row)).toArray();
    double[] y = rows.stream().mapToDouble(row -> up.of(sweep, row)).toArray();
    return PaperCharts.curve(chart, number, name, x, y);
  }

  private List<List<String>> table(List<Integer> done, List<Integer> on) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("point", "network", across.column(), up.column(), "on front"));
    for (int row : done) {
      table.add(
          List.of(
              sweep.field(row, "point"),
              sweep.field(row, "network"),
              sweep.field(row, across.column()),
              sweep.field(row, up.column()),
              on.contains(row) ? "yes" : "no"));
    }
    return table;
  }

  /** The name that was given, or the values of the keys that vary. */
  private String label(int row) {
    List<String> values =
        sweep.varying().stream()
            .filter(key -> !key.equals("network"))
            .map(key -> sweep.field(row, key))
            .toList();
    String point = sweep.field(row, "point");
    String name = values.isEmpty() || !point.contains("=") ? point : String.join(" ", values);
    return name.length() > MOST_LETTERS ? name.substring(0, MOST_LETTERS) + "..." : name;
  }
}
