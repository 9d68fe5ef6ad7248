package io.github.primesim.report;

import io.github.primesim.claim.Judgement;
import io.github.primesim.validation.Validation;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Our figures over the published ones, both logarithmic, with the line on which they are equal and
 * those a factor of two beside it. Figures of zero, and those that only one side has, are left out.
 */
public final class ValidationChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 560;
  private static final double FACTOR = 2;

  private final XYChart chart;

  private ValidationChart(Map<String, List<double[]>> points) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Ours against theirs")
            .xAxisTitle("published, each in its own unit")
            .yAxisTitle("ours")
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true).setMarkerSize(8);
    Palette.style(chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE));
    double[] all = points.values().stream().flatMap(List::stream).mapToDouble(p -> p[0]).toArray();
    double least = Arrays.stream(all).min().orElse(1);
    double most = Arrays.stream(all).max().orElse(1);
    line("equal", least, most, 1, new BasicStroke(1.2f));
    line("half", least, most, 1 / FACTOR, dashed());
    line("double", least, most, FACTOR, dashed());
    // The first style of the palette is a line without a marker.
    int index = 1;
    for (Map.Entry<String, List<double[]>> publication : points.entrySet()) {
      XYSeries series =
          chart.addSeries(
              publication.getKey(),
              publication.getValue().stream().mapToDouble(p -> p[0]).toArray(),
              publication.getValue().stream().mapToDouble(p -> p[1]).toArray());
      Palette.style(series, index);
      index++;
    }
  }

  private static BasicStroke dashed() {
    return new BasicStroke(
        1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {5, 4}, 0);
  }

  private void line(String name, double from, double to, double factor, BasicStroke stroke) {
    XYSeries line =
        chart.addSeries(name, new double[] {from, to}, new double[] {from * factor, to * factor});
    line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Color.GRAY);
    line.setLineStyle(stroke);
  }

  /** The chart of a validation, one kind of mark for each publication. */
  public static ValidationChart of(Validation validation) {
    Map<String, List<double[]>> points = new LinkedHashMap<>();
    List<Judgement> judgements =
        ValidationText.groups(validation).values().stream().flatMap(List::stream).toList();
    for (Judgement judgement : judgements) {
      for (Judgement.JudgedFigure figure : judgement.figures()) {
        double published = figure.published().published().map(range -> range.middle()).orElse(0.0);
        double ours = figure.ours().value().orElse(0);
        if (published > 0 && ours > 0) {
          points
              .computeIfAbsent(judgement.claim().publication(), each -> new ArrayList<>())
              .add(new double[] {published, ours});
        }
      }
    }
    return new ValidationChart(points);
  }

  /** Writes the chart as SVG. */
  public void svg(OutputStream file) throws IOException {
    new Drawing(WIDTH, HEIGHT, this::paint).svg(file);
  }

  private void paint(Graphics2D graphics) {
    chart.paint(graphics, WIDTH, HEIGHT);
  }
}
