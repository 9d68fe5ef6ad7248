package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Charts in the look of a paper: letters of 7 points, thin lines, no title, for captions have that.
 * Colours are Okabe and Ito's in an order in which neighbours differ in lightness too.
 */
final class PaperCharts {
  /** XChart's boxes and gaps are made for screens: drawn large, they come out right on paper. */
  static final int PIXELS_PER_POINT = 2;

  private static final int POINTS_OF_LETTERS = 7;
  private static final Font LETTERS =
      new Font(Font.SANS_SERIF, Font.PLAIN, pixels(POINTS_OF_LETTERS));
  private static final Color GRID = new Color(0xD0D0D0);
  private static final Color LIGHT = new Color(0xE4ECF5);
  private static final Color MIDDLE = new Color(0x5B8DB8);
  private static final Color DARK = new Color(0x08306B);
  private static final int UPRIGHT = 90;

  /** Between a title and the labels of its axis; XChart leaves what hangs below the line in it. */
  private static final int TITLE_PADDING = 12;

  private static final float LINE = 2f;

  /** Letters of labels from which on they stand upright, for the width of a column. */
  private static final int MOST_LETTERS = 42;

  private static final int POINTS_PER_LETTER = 4;

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xF0E442),
          new Color(0xD55E00),
          new Color(0x56B4E9),
          new Color(0x009E73),
          new Color(0xE69F00),
          new Color(0x7F4A8F),
          new Color(0xC8C8C8),
          new Color(0x000000));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);

  private PaperCharts() {}

  private static int pixels(int points) {
    return points * PIXELS_PER_POINT;
  }

  /**
   * Bars without a legend, which is as tall as it has names: see {@link #legend}.
   *
   * @param width in points
   * @param height in points
   * @param categories one bar, or one group of bars, each
   * @param series for each name a value for each category
   * @param stacked whether the series lie on each other
   */
  static CategoryChart bars(
      int width,
      int height,
      String axis,
      List<String> categories,
      Map<String, List<Double>> series,
      boolean stacked) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(pixels(width))
            .height(pixels(height))
            .yAxisTitle(axis)
            .build();
    chart.getStyler().setStacked(stacked).setAvailableSpaceFill(stacked ? 0.7 : 0.8);
    style(chart.getStyler());
    chart
        .getStyler()
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisTickMarkSpacingHint(1)
        .setXAxisLabelRotation(upright(width, categories) ? UPRIGHT : 0);
    chart.getStyler().setLegendVisible(false);
    int index = 0;
    for (Map.Entry<String, List<Double>> each : series.entrySet()) {
      chart
          .addSeries(each.getKey(), categories, each.getValue())
          .setFillColor(COLOURS.get(index++ % COLOURS.size()));
    }
    return chart;
  }

  /**
   * Boxes from the first quartile to the third, with the median, and what is far out as points.
   *
   * @param width in points
   * @param height in points
   */
  static BoxChart boxes(int width, int height, String axis, Map<String, List<Double>> values) {
    BoxChart chart =
        new BoxChartBuilder().width(pixels(width)).height(pixels(height)).yAxisTitle(axis).build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(PaperCharts::number);
    values.forEach(chart::addSeries);
    return chart;
  }

  /** Points that names below bars take beyond a line: those too long to lie stand upright. */
  static int below(int width, List<String> categories) {
    return upright(width, categories)
        ? POINTS_PER_LETTER * categories.stream().mapToInt(String::length).max().orElse(0)
        : 0;
  }

  private static boolean upright(int width, List<String> categories) {
    int letters = categories.stream().mapToInt(name -> name.length() + 2).sum();
    return letters * Width.COLUMN.points() > MOST_LETTERS * width;
  }

  /** Axes for curves and points, which do not begin at zero; width and height in points. */
  static XYChart plane(int width, int height, String across, String up) {
    XYChart chart =
        new XYChartBuilder()
            .width(pixels(width))
            .height(pixels(height))
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
    style(chart.getStyler());
    chart.getStyler().setMarkerSize(8).setPlotContentSize(0.9);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(PaperCharts::number)
        .setYAxisTickLabelsFormattingFunction(PaperCharts::number);
    return chart;
  }

  /** Adds a curve, in the colour and with the marker of its number. */
  static XYSeries curve(XYChart chart, int number, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    Color colour = Palette.colour(number);
    series.setLineColor(colour);
    series.setMarkerColor(colour);
    series.setMarker(MARKERS.get(number % MARKERS.size()));
    series.setLineStyle(new BasicStroke(LINE));
    return series;
  }

  /**
   * The legend of several charts in which the same names look the same; one name alone needs none.
   *
   * @param curves whether they are curves, not bars
   */
  static SharedLegend.Names legend(List<String> names, boolean curves) {
    List<SharedLegend.Entry> entries = new ArrayList<>();
    for (String name : names.size() > 1 ? names : List.<String>of()) {
      int number = entries.size();
      entries.add(
          curves
              ? new SharedLegend.Entry(
                  name, Palette.colour(number), MARKERS.get(number % MARKERS.size()))
              : new SharedLegend.Entry(name, COLOURS.get(number % COLOURS.size()), null));
    }
    return new SharedLegend.Names(LETTERS, entries);
  }

  /** Adds numbers beside points. */
  static void numbers(XYChart chart, List<PointNumbers.Numbered> points) {
    chart.addAnnotation(new PointNumbers(chart, LETTERS, points));
  }

  /** A line of the legend alone; the axes hold its place. */
  static void remark(XYChart chart, String text, double x, double y) {
    XYSeries series = chart.addSeries(text, new double[] {x}, new double[] {y});
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SeriesLines.NONE);
  }

  /** The chart under a title, for one of several panels; an empty title is none. */
  static <C extends Chart<?, ?>> C titled(C chart, String title) {
    chart.setTitle(title);
    chart
        .getStyler()
        .setChartTitleVisible(!title.isEmpty())
        .setChartTitleFont(LETTERS.deriveFont(Font.BOLD))
        .setChartTitleBoxVisible(false)
        .setChartTitlePadding(2);
    return chart;
  }

  /**
   * Shares as a map, none light and all dark.
   *
   * @param shares for each row from below a number for each column
   */
  static HeatMapChart heat(
      Width width,
      int height,
      String axis,
      List<String> columns,
      List<String> rows,
      List<Number[]> shares) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(pixels(width.points()))
            .height(pixels(height))
            .xAxisTitle(axis)
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setMin(0)
        .setMax(1)
        .setRangeColors(new Color[] {LIGHT, MIDDLE, DARK})
        .setPiecewise(true)
        .setSplitNumber(5)
        .setHeatMapDecimalValueFormatter(value -> Numbers.percent(value).replace(".0", ""))
        .setXAxisTickMarkSpacingHint(1)
        .setYAxisTickMarkSpacingHint(1)
        .setXAxisLabelRotation(UPRIGHT);
    chart.addSeries("share", columns, rows, shares);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    Font bold = LETTERS.deriveFont(Font.BOLD);
    ((Styler) styler)
        .setBaseFont(LETTERS)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderColor(Color.BLACK)
        .setChartTitleVisible(false)
        .setChartPadding(8)
        .setLegendFont(LETTERS)
        .setLegendBorderColor(Color.WHITE)
        .setLegendPadding(4)
        .setLegendSeriesLineLength(20)
        .setLegendPosition(LegendPosition.OutsideE)
        .setAnnotationTextFont(LETTERS)
        .setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(bold)
        .setAxisTickLabelsFont(LETTERS)
        .setAxisTickMarkLength(4)
        .setAxisTickPadding(4)
        .setAxisTitlePadding(TITLE_PADDING)
        .setPlotMargin(0)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(0.8f))
        .setAxisTickMarksStroke(new BasicStroke(1f))
        .setYAxisTickMarkSpacingHint(40)
        .setXAxisTickMarkSpacingHint(75);
  }

  private static String number(double value) {
    return JsonDocument.amount(Numbers.rounded(value));
  }
}
