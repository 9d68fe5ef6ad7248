package io.github.primesim.report;

import io.github.primesim.experiment.evaluation.Clearing;
import io.github.primesim.experiment.evaluation.Compared;
import io.github.primesim.experiment.evaluation.Filling;
import io.github.primesim.experiment.evaluation.Ladder;
import io.github.primesim.experiment.evaluation.Sensitivity;
import io.github.primesim.experiment.evaluation.Swing;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The evaluation of the sparse paper as pictures. */
public final class EvaluationCharts {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 340;

  /** Names stand beside each other. */
  private static final int NAME_WIDTH = 170;

  private static final int PER_LINE = 3;
  private static final int BARS_HEIGHT = 340;
  private static final int BAR_HEIGHT = 22;
  private static final int FRAME_HEIGHT = 120;
  private static final int MOST_SWINGS = 12;
  private static final int CURVE_POINTS = 50;
  private static final double MOST_CLEARED = 0.6;
  private static final Color LOWERED = Palette.colour(1);
  private static final Color RAISED = Palette.colour(6);

  private EvaluationCharts() {}

  /**
   * A gain over the sizes of the crossbars, a chart for each treatment of the weights, a curve for
   * each scheme.
   *
   * @param compared designs of one network
   * @param axis what the gain is of
   */
  public static Drawing sizes(
      List<Compared> compared, String axis, ToDoubleFunction<Compared> gain) {
    return overSizes(
        compared,
        each -> each.result().network() + ", " + each.result().treatment().text(),
        each -> each.result().scheme(),
        axis,
        gain);
  }

  /**
   * A gain over the sizes of the crossbars, a chart for each treatment of the weights, a curve for
   * each network.
   *
   * @param compared designs of one scheme
   * @param axis what the gain is of
   */
  public static Drawing grid(
      List<Compared> compared, String axis, ToDoubleFunction<Compared> gain) {
    return overSizes(
        compared, each -> each.result().treatment().text(), EvaluationCharts::name, axis, gain);
  }

  private static Drawing overSizes(
      List<Compared> compared,
      Function<Compared, String> title,
      Function<Compared, String> name,
      String axis,
      ToDoubleFunction<Compared> gain) {
    List<XYChart> charts = new ArrayList<>();
    // A name keeps its colour in charts where others are missing.
    List<String> names = distinct(compared, name);
    for (String heading : distinct(compared, title)) {
      List<Compared> own =
          compared.stream().filter(each -> title.apply(each).equals(heading)).toList();
      XYChart chart = lines(heading);
      chart.setXAxisTitle("wordlines and bitlines of a crossbar");
      chart.setYAxisTitle(axis);
      for (String each : distinct(own, name)) {
        Map<Double, Double> curve = new TreeMap<>();
        own.stream()
            .filter(one -> name.apply(one).equals(each))
            .forEach(
                one ->
                    curve.put(PowersOfTwo.exponent(one.result().size()), gain.applyAsDouble(one)));
        add(chart, each, curve, names.indexOf(each));
      }
      PowersOfTwo.name(chart);
      charts.add(chart);
    }
    return Panels.of(level(charts), PER_LINE, Palette.legend(names, true));
  }

  /** The same scale for all charts, so that one can compare across them. */
  private static List<XYChart> level(List<XYChart> charts) {
    double most = 1;
    for (XYChart chart : charts) {
      for (XYSeries series : chart.getSeriesCollection()) {
        most = Math.max(most, series.getYMax());
      }
    }
    for (XYChart chart : charts) {
      chart.getStyler().setYAxisMin(0.0);
      chart.getStyler().setYAxisMax(most * 1.05);
    }
    return charts;
  }

  /** A gain over networks, a chart for each treatment of the weights, a bar for each scheme. */
  public static Drawing networks(
      List<Compared> compared, String axis, ToDoubleFunction<Compared> gain) {
    List<CategoryChart> charts = new ArrayList<>();
    double most = compared.stream().mapToDouble(gain).max().orElse(1);
    List<String> names = distinct(compared, EvaluationCharts::name);
    List<String> schemes = distinct(compared, each -> each.result().scheme());
    for (String treatment : distinct(compared, each -> each.result().treatment().text())) {
      CategoryChart chart =
          new CategoryChartBuilder()
              .width(Math.max(2 * WIDTH, NAME_WIDTH * names.size()))
              .height(BARS_HEIGHT)
              .title(treatment)
              .yAxisTitle(axis)
              .build();
      Palette.style(chart.getStyler());
      chart.getStyler().setLegendVisible(false);
      chart.getStyler().setPlotGridVerticalLinesVisible(false);
      chart.getStyler().setYAxisMin(0.0).setYAxisMax(most * 1.05);
      int index = 0;
      for (String scheme : schemes) {
        List<Double> bars = new ArrayList<>();
        for (String name : names) {
          bars.add(
              compared.stream()
                  .filter(each -> each.result().treatment().text().equals(treatment))
                  .filter(each -> each.result().scheme().equals(scheme))
                  .filter(each -> name(each).equals(name))
                  .mapToDouble(gain)
                  .findFirst()
                  .orElse(0));
        }
        chart.addSeries(scheme, names, bars).setFillColor(Palette.colour(index++));
      }
      charts.add(chart);
    }
    return Panels.of(charts, 1, Palette.legend(schemes, false));
  }

  private static String name(Compared compared) {
    return compared.result().subject();
  }

  /** Weights that go with cleared crossbars, a chart for each scheme, a curve for each network. */
  public static Drawing clearings(List<Clearing> clearings) {
    List<XYChart> charts = new ArrayList<>();
    List<String> networks = distinct(clearings, Clearing::network);
    for (String scheme : distinct(clearings, Clearing::scheme)) {
      XYChart chart = lines(scheme);
      chart.setXAxisTitle("crossbars cleared, % of all");
      chart.setYAxisTitle("weights that go with them, %");
      for (Clearing clearing : clearings) {
        if (clearing.scheme().equals(scheme)) {
          Map<Double, Double> curve = new TreeMap<>();
          for (int i = 0; i <= CURVE_POINTS; i++) {
            double share = MOST_CLEARED * i / CURVE_POINTS;
            curve.put(100 * share, 100 * clearing.weights(share));
          }
          add(chart, clearing.network(), curve, networks.indexOf(clearing.network()));
        }
      }
      chart.getSeriesCollection().forEach(series -> series.setMarker(SeriesMarkers.NONE));
      charts.add(chart);
    }
    return Panels.of(level(charts), PER_LINE, Palette.legend(networks, false));
  }

  /** How full crossbars are, a chart for each network, a curve for each scheme. */
  public static Drawing fillings(List<Filling> fillings) {
    List<XYChart> charts = new ArrayList<>();
    List<String> schemes = distinct(fillings, Filling::scheme);
    for (String network : distinct(fillings, Filling::network)) {
      XYChart chart = lines(network);
      chart.setXAxisTitle("places of a crossbar in use, %");
      chart.setYAxisTitle("crossbars, %");
      for (Filling filling : fillings) {
        if (filling.network().equals(network)) {
          List<Long> bins = filling.fill().histogram();
          Map<Double, Double> curve = new TreeMap<>();
          for (int i = 0; i < bins.size(); i++) {
            curve.put(
                100 * (i + 0.5) / bins.size(), 100.0 * bins.get(i) / filling.fill().crossbars());
          }
          add(chart, filling.scheme(), curve, schemes.indexOf(filling.scheme()));
        }
      }
      charts.add(chart);
    }
    return Panels.of(charts, PER_LINE, Palette.legend(schemes, true));
  }

  /** Where each network's gain goes, a chart for each. */
  public static Drawing ladders(List<Ladder> ladders) {
    List<HorizontalBarChart> charts = new ArrayList<>();
    for (Ladder ladder : ladders) {
      List<Ladder.Rung> rungs = ladder.rungs();
      HorizontalBarChart chart = bars(ladder.network(), rungs.size());
      chart.setXAxisTitle(
          String.format(
              Locale.ROOT,
              "gain over dense, %s on %d x %d",
              ladder.scheme(),
              ladder.size(),
              ladder.size()));
      chart.getStyler().setLabelsVisible(true);
      chart
          .addSeries(
              "gain",
              rungs.stream().map(rung -> Math.round(100 * rung.gain()) / 100.0).toList(),
              rungs.stream().map(Ladder.Rung::name).toList())
          .setFillColor(Palette.colour(1));
      charts.add(chart);
    }
    return Panels.of(charts, 2);
  }

  /** What moves each headline most: a tornado for each. */
  public static Drawing tornados(Sensitivity sensitivity) {
    List<HorizontalBarChart> charts = new ArrayList<>();
    for (int headline = 0; headline < sensitivity.headlines().size(); headline++) {
      charts.add(tornado(sensitivity, headline));
    }
    String share = String.format(Locale.ROOT, "%.0f %%", 100 * sensitivity.share());
    return Panels.of(
        charts,
        2,
        Palette.legend(
            List.of(
                new SharedLegend.Entry("number lowered by " + share, LOWERED, null),
                new SharedLegend.Entry("raised by " + share, RAISED, null))));
  }

  /** The strongest at the top. */
  private static HorizontalBarChart tornado(Sensitivity sensitivity, int headline) {
    double base = sensitivity.base().get(headline);
    List<Swing> swings = sensitivity.strongest(headline, MOST_SWINGS);
    HorizontalBarChart chart =
        bars(
            String.format(
                Locale.ROOT,
                "%s: %s %s",
                sensitivity.headlines().get(headline).name(),
                Numbers.fixed(base),
                sensitivity.headlines().get(headline).unit()),
            MOST_SWINGS);
    chart.setXAxisTitle("change in %");
    List<String> keys = swings.stream().map(swing -> swing.parameter().key()).toList();
    add(chart, "lowered", keys, changes(swings, base, s -> s.low().get(headline)), LOWERED);
    add(chart, "raised", keys, changes(swings, base, s -> s.high().get(headline)), RAISED);
    return chart;
  }

  /** In percent; none where there is no such memory. */
  private static List<Double> changes(
      List<Swing> swings, double base, Function<Swing, OptionalDouble> moved) {
    return swings.stream().map(s -> 100 * (moved.apply(s).orElse(base) / base - 1)).toList();
  }

  private static void add(
      HorizontalBarChart chart, String name, List<String> keys, List<Double> values, Color colour) {
    if (!keys.isEmpty()) {
      chart.addSeries(name, values, keys).setFillColor(colour);
    }
  }

  private static HorizontalBarChart bars(String title, int count) {
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH + WIDTH / 2)
            .height(FRAME_HEIGHT + count * BAR_HEIGHT)
            .title(title)
            .build();
    Palette.style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    // The plot is narrow beside the names, and a title stands above the plot alone.
    chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setXAxisTickMarkSpacingHint(BAR_HEIGHT / 2);
    return chart;
  }

  private static XYChart lines(String title) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    Palette.style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    return chart;
  }

  private static void add(XYChart chart, String name, Map<Double, Double> curve, int index) {
    Palette.style(
        chart.addSeries(name, List.copyOf(curve.keySet()), List.copyOf(curve.values())), index);
  }

  private static <T> List<String> distinct(List<T> all, Function<T, String> name) {
    return all.stream().map(name).distinct().toList();
  }
}
