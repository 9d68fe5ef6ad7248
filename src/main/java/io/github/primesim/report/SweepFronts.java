package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/** Pareto fronts of a sweep: points are numbered, and named where the legend is. */
final class SweepFronts {
  private static final int LEAST_HEIGHT = 165;

  /** Points of a paper for a line of the legend, and for what is around it. */
  private static final int LINE = 11;

  private static final int AROUND = 40;

  /** Places of a front that are named. */
  private static final int MOST_NAMED = 24;

  private static final int MOST_LETTERS = 44;

  /** What the points take of the frame: numbers have room around them. */
  private static final double CONTENT = 0.84;

  private static final Color BEATEN = new Color(0x9A9A9A);

  private final SweepFolder sweep;
  private final SweepMetric across;
  private final SweepMetric up;

  /**
   * Points of a front that lie on each other.
   *
   * @param number of the first of them
   */
  private record Place(String network, int number, List<Integer> rows) {}

  SweepFronts(SweepFolder sweep, SweepMetric across, SweepMetric up) {
    this.sweep = sweep;
    this.across = across;
    this.up = up;
  }

  PaperFigure figure() {
    List<Integer> done = sweep.done();
    List<Integer> on = sweep.front(List.of(across.column(), up.column()));
    Map<String, List<Integer>> byNetwork = new LinkedHashMap<>();
    done.forEach(
        row ->
            byNetwork
                .computeIfAbsent(sweep.field(row, "network"), any -> new ArrayList<>())
                .add(row));
    List<Place> places = places(byNetwork, on);
    int lines = 2 * byNetwork.size() + Math.min(places.size(), MOST_NAMED + 1);
    int height = Math.max(LEAST_HEIGHT, AROUND + LINE * lines);
    XYChart chart = PaperCharts.plane(Width.PAGE.points(), height, across.title(), up.title());
    chart.getStyler().setPlotContentSize(CONTENT);
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
    for (String network : byNetwork.keySet()) {
      List<Integer> front =
          places.stream()
              .filter(place -> place.network().equals(network))
              .flatMap(place -> place.rows().stream())
              .toList();
      points(chart, number++, network + ", front", front);
    }
    name(chart, places);
    number(chart, places, List.copyOf(byNetwork.keySet()));
    return new PaperFigure(
        "front-" + up.column() + "-over-" + across.column(),
        Width.PAGE,
        height,
        Panels.of(List.of(chart), 1).painter(),
        table(done, on));
  }

  /** Points of the fronts, network by network and from left to right. */
  private List<Place> places(Map<String, List<Integer>> byNetwork, List<Integer> on) {
    List<Place> places = new ArrayList<>();
    int number = 1;
    for (Map.Entry<String, List<Integer>> network : byNetwork.entrySet()) {
      Map<List<Double>, List<Integer>> together = new LinkedHashMap<>();
      network.getValue().stream()
          .filter(on::contains)
          .sorted(
              Comparator.<Integer>comparingDouble(row -> across.of(sweep, row))
                  .thenComparingDouble(row -> up.of(sweep, row)))
          .forEach(
              row ->
                  together
                      .computeIfAbsent(
                          List.of(across.of(sweep, row), up.of(sweep, row)),
                          any -> new ArrayList<>())
                      .add(row));
      for (List<Integer> rows : together.values()) {
        places.add(new Place(network.getKey(), number, rows));
        number += rows.size();
      }
    }
    return places;
  }

  /** Numbers beside the points, of every other network above them. */
  private void number(XYChart chart, List<Place> places, List<String> networks) {
    PaperCharts.numbers(
        chart,
        places.stream()
            .limit(MOST_NAMED)
            .map(place -> numbered(place, networks.indexOf(place.network()) % 2 == 0))
            .toList());
  }

  private PointNumbers.Numbered numbered(Place place, boolean below) {
    int row = place.rows().get(0);
    return new PointNumbers.Numbered(
        place.network(),
        below,
        place.number(),
        place.number() + place.rows().size() - 1,
        across.of(sweep, row),
        up.of(sweep, row));
  }

  /** Lines of the legend that say which point a number is. */
  private void name(XYChart chart, List<Place> places) {
    for (Place place : places.subList(0, Math.min(places.size(), MOST_NAMED))) {
      int more = place.rows().size() - 1;
      remark(
          chart,
          numbered(place, true).text()
              + "  "
              + label(place.rows().get(0))
              + (more == 0 ? "" : " and " + more + " more"),
          place);
    }
    if (places.size() > MOST_NAMED) {
      int more = places.stream().skip(MOST_NAMED).mapToInt(place -> place.rows().size()).sum();
      remark(chart, "and " + more + " more", places.get(0));
    }
  }

  private void remark(XYChart chart, String text, Place place) {
    int row = place.rows().get(0);
    PaperCharts.remark(chart, text, across.of(sweep, row), up.of(sweep, row));
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
