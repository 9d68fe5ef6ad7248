package io.github.primesim.report;

import io.github.primesim.experiment.Reduction;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/**
 * Reductions of one source as curves, one for each scheme: against the density at one size of the
 * crossbars, or against the size at one density. Colours survive colour blindness, markers a grey
 * printer.
 */
public final class ReductionChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  private final XYChart chart;

  private ReductionChart(
      String title, String axis, List<Reduction> points, ToDoubleFunction<Reduction> abscissa) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(axis)
            .yAxisTitle("crossbars of the dense mapping over those kept")
            .build();
    Palette.style(chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE));
    Map<String, TreeMap<Double, Double>> curves = new LinkedHashMap<>();
    for (Reduction point : points) {
      if (Double.isFinite(point.factor())) {
        curves
            .computeIfAbsent(point.scheme(), scheme -> new TreeMap<>())
            .put(abscissa.applyAsDouble(point), point.factor());
      }
    }
    int index = 0;
    for (Map.Entry<String, TreeMap<Double, Double>> curve : curves.entrySet()) {
      XYSeries series =
          chart.addSeries(
              curve.getKey(),
              List.copyOf(curve.getValue().keySet()),
              List.copyOf(curve.getValue().values()));
      Palette.style(series, index);
      index++;
    }
  }

  /** Against density, from the reductions of that source at that size. */
  public static ReductionChart againstDensity(List<Reduction> all, String source, int size) {
    return new ReductionChart(
        source + ", crossbars of " + size + " x " + size,
        "density in %",
        all.stream().filter(r -> r.source().equals(source) && r.size() == size).toList(),
        r -> 100 * r.density());
  }

  /** Against the size of the crossbars, from the reductions of that source at that density. */
  public static ReductionChart againstSize(List<Reduction> all, String source, double density) {
    ReductionChart drawn =
        new ReductionChart(
            String.format(Locale.ROOT, "%s, density %.1f %%", source, 100 * density),
            "rows and columns of a crossbar",
            all.stream().filter(r -> r.source().equals(source) && r.density() == density).toList(),
            r -> PowersOfTwo.exponent(r.size()));
    PowersOfTwo.name(drawn.chart);
    return drawn;
  }

  /** Writes the chart as SVG. */
  public void svg(OutputStream file) throws IOException {
    new Drawing(WIDTH, HEIGHT, this::paint).svg(file);
  }

  /** Writes the chart as PNG. */
  public void png(OutputStream file) throws IOException {
    new Drawing(WIDTH, HEIGHT, this::paint).png(file);
  }

  private void paint(Graphics2D graphics) {
    chart.paint(graphics, WIDTH, HEIGHT);
  }
}
