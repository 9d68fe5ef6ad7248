package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * The figures of a sweep: energy, latency and area over each key that varies, and the Pareto fronts
 * with the points named.
 */
final class SweepFigures {
  private static final int HEIGHT = 190;
  private static final int BAR_HEIGHT = 165;

  /** Letters of a name that fit between two points. */
  private static final int MOST_NAME = 40;

  private static final Color BEATEN = new Color(0x9A9A9A);

  /** How far above its point a name stands, in parts of what the axis shows. */
  private static final double ABOVE = 0.04;

  private static final Map<String, Metric> METRICS = metrics();

  /**
   * What an axis shows.
   *
   * @param divisor from the numbers of the table to the unit of the axis
   */
  private record Metric(String title, double divisor) {}

  private final SweepFolder sweep;

  SweepFigures(SweepFolder sweep) {
    this.sweep = sweep;
  }

  private static Map<String, Metric> metrics() {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put("energyPj", new Metric("energy per inference, nJ", 1e3));
    metrics.put("latencyNs", new Metric("latency, us", 1e3));
    metrics.put("computeAreaUm2", new Metric("area without memory subarrays, mm2", 1e6));
    return metrics;
  }

  List<PaperFigure> all() {
    List<PaperFigure> figures = new ArrayList<>();
    List<Integer> done = sweep.done();
    for (String key : sweep.varying()) {
      METRICS.keySet().forEach(metric -> figures.add(lines(key, metric, done)));
    }
    for (List<String> trade : SweepFolder.TRADES) {
      if (trade.size() == 2 && !done.isEmpty()) {
        figures.add(front(trade.get(0), trade.get(1), done));
      }
    }
    return figures;
  }

  /** A curve for each combination of the other keys; bars where the key is no number. */
  private PaperFigure lines(String key, String metric, List<Integer> rows) {
    String title = METRICS.get(metric).title();
    List<String> others = sweep.varying().stream().filter(other -> !other.equals(key)).toList();
    Map<String, Map<String, Double>> curves = new LinkedHashMap<>();
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("curve", key, metric));
    for (int row : rows) {
      List<String> parts = others.stream().map(other -> sweep.field(row, other)).toList();
      String curve = parts.isEmpty() ? metric : String.join(", ", parts);
      String at = sweep.field(row, key);
      curves.computeIfAbsent(curve, name -> new LinkedHashMap<>()).put(at, shown(row, metric));
      table.add(List.of(curve, at, sweep.field(row, metric)));
    }
    String name = metric + "-over-" + key.replaceAll("[^A-Za-z0-9.-]+", "-");
    Width width = curves.size() > 1 ? Width.PAGE : Width.COLUMN;
    if (rows.stream().allMatch(row -> isNumber(sweep.field(row, key)))) {
      XYChart chart = PaperCharts.plane(width, HEIGHT, key, title);
      chart.getStyler().setLegendVisible(curves.size() > 1);
      int number = 0;
      for (Map.Entry<String, Map<String, Double>> curve : curves.entrySet()) {
        TreeMap<Double, Double> ordered = new TreeMap<>();
        curve.getValue().forEach((at, value) -> ordered.put(Double.valueOf(at), value));
        PaperCharts.curve(
            chart, number++, curve.getKey(), array(ordered.keySet()), array(ordered.values()));
      }
      return new PaperFigure(name, width, HEIGHT, chart, table);
    }
    List<String> categories = rows.stream().map(row -> sweep.field(row, key)).distinct().toList();
    Map<String, List<Double>> bars = new LinkedHashMap<>();
    curves.forEach(
        (curve, values) ->
            bars.put(curve, categories.stream().map(at -> values.getOrDefault(at, 0.0)).toList()));
    CategoryChart chart = PaperCharts.bars(width, BAR_HEIGHT, title, categories, bars, false);
    return new PaperFigure(name, width, BAR_HEIGHT, chart, table);
  }

  private PaperFigure front(String across, String up, List<Integer> rows) {
    List<Integer> on = sweep.front(List.of(across, up));
    XYChart chart =
        PaperCharts.plane(Width.PAGE, HEIGHT, METRICS.get(across).title(), METRICS.get(up).title());
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("point", "network", across, up, "on front"));
    Map<String, List<Integer>> byNetwork = new LinkedHashMap<>();
    for (int row : rows) {
      byNetwork.computeIfAbsent(sweep.field(row, "network"), n -> new ArrayList<>()).add(row);
      table.add(
          List.of(
              sweep.field(row, "point"),
              sweep.field(row, "network"),
              sweep.field(row, across),
              sweep.field(row, up),
              on.contains(row) ? "yes" : "no"));
    }
    DoubleSummaryStatistics heights =
        rows.stream().mapToDouble(row -> shown(row, up)).summaryStatistics();
    double above = ABOVE * (heights.getMax() - heights.getMin());
    int number = 0;
    for (Map.Entry<String, List<Integer>> network : byNetwork.entrySet()) {
      List<Integer> best =
          network.getValue().stream()
              .filter(on::contains)
              .sorted(Comparator.comparingDouble(row -> sweep.number(row, across)))
              .toList();
      List<Integer> beaten = network.getValue().stream().filter(row -> !on.contains(row)).toList();
      points(chart, number, network.getKey() + ", front", best, across, up);
      if (!beaten.isEmpty()) {
        points(chart, number, network.getKey() + ", others", beaten, across, up)
            .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
            .setMarkerColor(BEATEN);
      }
      for (int row : best) {
        chart.addAnnotation(
            new AnnotationText(label(row), shown(row, across), shown(row, up) + above, false));
      }
      number++;
    }
    return new PaperFigure("front-" + up + "-over-" + across, Width.PAGE, HEIGHT, chart, table);
  }

  private XYSeries points(
      XYChart chart, int number, String name, List<Integer> rows, String across, String up) {
    double[] x = rows.stream().mapToDouble(row -> shown(row, across)).toArray();
    double[] y = rows.stream().mapToDouble(row -> shown(row, up)).toArray();
    return PaperCharts.curve(chart, number, name, x, y);
  }

  private double shown(int row, String metric) {
    return sweep.number(row, metric) / METRICS.get(metric).divisor();
  }

  /** Values of the keys that vary; the network stands in the legend. */
  private String label(int row) {
    List<String> values =
        sweep.varying().stream()
            .filter(key -> !key.equals("network"))
            .map(key -> sweep.field(row, key))
            .toList();
    String name = values.isEmpty() ? sweep.field(row, "point") : String.join(" ", values);
    return name.length() > MOST_NAME ? name.substring(0, MOST_NAME) + "..." : name;
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  }

  private static double[] array(Collection<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
