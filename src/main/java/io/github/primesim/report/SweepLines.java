package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/**
 * What a sweep measured over one of its keys: curves, or bars where the key is no number; of points
 * that have nothing else in common the points, or boxes.
 */
final class SweepLines {
  private static final int HEIGHT = 165;
  private static final int PANEL_HEIGHT = 125;
  private static final int PLANES_PER_LINE = 3;
  private static final int BARS_PER_LINE = 2;

  /** Values that give points of a scatter plot a colour. */
  private static final int MOST_COLOURS = 8;

  /** What an axis shows beyond its curves, in parts of what they span. */
  private static final double BEYOND = 0.06;

  private final SweepFolder sweep;
  private final String key;
  private final SweepMetric metric;
  private final SweepLayout layout;

  SweepLines(SweepFolder sweep, String key, SweepMetric metric) {
    this.sweep = sweep;
    this.key = key;
    this.metric = metric;
    this.layout = SweepLayout.over(key, sweep);
  }

  PaperFigure figure() {
    String name = metric.column() + "-over-" + key.replaceAll("[^A-Za-z0-9.-]+", "-");
    Map<String, List<Integer>> panels = new LinkedHashMap<>();
    for (int row : sweep.done()) {
      if (layout.shows(sweep, row)) {
        panels.computeIfAbsent(text(layout.panels(), row), any -> new ArrayList<>()).add(row);
      }
    }
    return panels.size() == 1
        ? alone(name, panels.values().iterator().next())
        : together(name, panels);
  }

  private PaperFigure alone(String name, List<Integer> rows) {
    boolean boxes = layout.scattered() && !numeric();
    Width width = boxes || curves(rows).size() == 1 ? Width.COLUMN : Width.PAGE;
    if (boxes || numeric()) {
      return new PaperFigure(name, width, HEIGHT, chart(width.points(), HEIGHT, rows), table());
    }
    int height = PANEL_HEIGHT + below(width.points());
    Chart<?, ?> chart = chart(width.points(), height, rows);
    List<String> names = List.copyOf(curves(rows).keySet());
    return new PaperFigure(
        name, width, Panels.of(List.of(chart), 1, PaperCharts.legend(names, false)), table());
  }

  /** Panels side by side, with one legend below all of them. */
  private PaperFigure together(String name, Map<String, List<Integer>> panels) {
    int perLine = numeric() ? PLANES_PER_LINE : BARS_PER_LINE;
    int points = Width.PAGE.points() / perLine;
    int height = PANEL_HEIGHT + below(points);
    List<Chart<?, ?>> charts = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    panels.forEach(
        (title, rows) -> {
          Chart<?, ?> chart = PaperCharts.titled(chart(points, height, rows), title);
          chart.getStyler().setLegendVisible(false);
          charts.add(chart);
          names.addAll(curves(rows).keySet());
        });
    level(charts, panels.values());
    Drawing drawn = Panels.of(charts, perLine, PaperCharts.legend(List.copyOf(names), numeric()));
    return new PaperFigure(name, Width.PAGE, drawn, table());
  }

  /** Points that names of bars take which stand upright. */
  private int below(int points) {
    return numeric() ? 0 : PaperCharts.below(points, sweep.values(key));
  }

  private Chart<?, ?> chart(int points, int height, List<Integer> rows) {
    if (layout.scattered() && !numeric()) {
      Map<String, List<Double>> values = new LinkedHashMap<>();
      for (int row : rows) {
        values
            .computeIfAbsent(sweep.field(row, key), any -> new ArrayList<>())
            .add(metric.of(sweep, row));
      }
      return PaperCharts.boxes(points, height, metric.title(), values);
    }
    Map<String, List<Integer>> curves = curves(rows);
    return numeric() ? plane(points, height, curves) : bars(points, height, rows, curves);
  }

  private XYChart plane(int points, int height, Map<String, List<Integer>> curves) {
    XYChart chart = PaperCharts.plane(points, height, key, metric.title());
    chart.getStyler().setLegendVisible(curves.size() > 1);
    int number = 0;
    for (Map.Entry<String, List<Integer>> curve : curves.entrySet()) {
      List<Integer> rows =
          curve.getValue().stream()
              .sorted((a, b) -> Double.compare(sweep.number(a, key), sweep.number(b, key)))
              .toList();
      double[] x = rows.stream().mapToDouble(row -> sweep.number(row, key)).toArray();
      double[] y = rows.stream().mapToDouble(row -> metric.of(sweep, row)).toArray();
      PaperCharts.curve(chart, number++, curve.getKey(), x, y)
          .setXYSeriesRenderStyle(
              layout.scattered() ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line);
    }
    return chart;
  }

  private Chart<?, ?> bars(
      int points, int height, List<Integer> rows, Map<String, List<Integer>> curves) {
    List<String> categories = rows.stream().map(row -> sweep.field(row, key)).distinct().toList();
    Map<String, List<Double>> bars = new LinkedHashMap<>();
    curves.forEach(
        (curve, of) -> {
          Map<String, Double> values = new TreeMap<>();
          of.forEach(row -> values.put(sweep.field(row, key), metric.of(sweep, row)));
          bars.put(curve, categories.stream().map(at -> values.getOrDefault(at, 0.0)).toList());
        });
    return PaperCharts.bars(points, height, metric.title(), categories, bars, false);
  }

  /** Rows of each curve; of points without curves, those that have one colour. */
  private Map<String, List<Integer>> curves(List<Integer> rows) {
    List<String> keys = layout.curves();
    if (layout.scattered()) {
      keys = keys.stream().filter(k -> sweep.values(k).size() <= MOST_COLOURS).limit(1).toList();
    }
    Map<String, List<Integer>> curves = new LinkedHashMap<>();
    for (int row : rows) {
      String name = keys.isEmpty() ? metric.column() : text(keys, row);
      curves.computeIfAbsent(name, any -> new ArrayList<>()).add(row);
    }
    return curves;
  }

  private String text(List<String> keys, int row) {
    return String.join(
        ", ", keys.stream().map(each -> named(each, sweep.field(row, each))).toList());
  }

  /** A number does not say of itself what it is. */
  private static String named(String key, String value) {
    return SweepFolder.isNumber(value)
        ? key.substring(key.lastIndexOf('.') + 1) + " " + value
        : value;
  }

  /** The same scale in all panels, so that one can compare across them. */
  private void level(List<Chart<?, ?>> charts, Collection<List<Integer>> panels) {
    DoubleSummaryStatistics values =
        panels.stream()
            .flatMap(List::stream)
            .mapToDouble(row -> metric.of(sweep, row))
            .summaryStatistics();
    double margin = BEYOND * (values.getMax() - values.getMin());
    if (charts.size() < 2 || margin == 0) {
      return;
    }
    for (Chart<?, ?> chart : charts) {
      AxesChartStyler styler = (AxesChartStyler) chart.getStyler();
      styler.setYAxisMin(numeric() ? values.getMin() - margin : 0);
      styler.setYAxisMax(values.getMax() + margin);
    }
  }

  private boolean numeric() {
    return sweep.done().stream().allMatch(row -> SweepFolder.isNumber(sweep.field(row, key)));
  }

  /** All points, those too that are not drawn. */
  private List<List<String>> table() {
    List<String> others = sweep.varying().stream().filter(other -> !other.equals(key)).toList();
    List<String> head = new ArrayList<>(others);
    head.addAll(List.of(key, metric.column()));
    List<List<String>> table = new ArrayList<>();
    table.add(head);
    for (int row : sweep.done()) {
      table.add(head.stream().map(column -> sweep.field(row, column)).toList());
    }
    return table;
  }
}
