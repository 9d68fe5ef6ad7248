package io.github.primesim.benchmark.growth;

import io.github.primesim.report.Drawing;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves of one cost over sizes, both axes logarithmic, so that a power law is a straight line. */
final class GrowthChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 380;
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73));
  private static final List<Marker> MARKERS =
      List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

  private final XYChart chart;

  /**
   * A chart of {@code curves}.
   *
   * @param relative whether sizes are those relative to the first of each series, so that series of
   *     unlike things fit on one axis
   */
  GrowthChart(
      String sizes,
      String costs,
      List<Curve> curves,
      boolean relative,
      ToDoubleFunction<Cost> cost) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(sizes)
            .yAxisTitle(costs)
            .build();
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE);
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      List<Point> points = curve.series().points();
      double unit = relative ? points.get(0).size() : 1;
      XYSeries series =
          chart.addSeries(
              curve.series().name(),
              points.stream().mapToDouble(point -> point.size() / unit).toArray(),
              curve.costs().stream().mapToDouble(cost).toArray());
      series.setLineColor(COLOURS.get(i));
      series.setMarkerColor(COLOURS.get(i));
      series.setMarker(MARKERS.get(i));
    }
  }

  /** Writes the chart as SVG. */
  void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      new Drawing(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT)).svg(out);
    }
  }
}
