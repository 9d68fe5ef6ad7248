package io.github.primesim.training.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.RenderingHints;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** Curves in the colours and markers of the simulator's own pictures. */
final class CurveChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  /** Okabe and Ito's palette, told apart with every kind of colour blindness. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x000000),
          new Color(0x56B4E9),
          new Color(0x009E73),
          new Color(0xE69F00),
          new Color(0xCC79A7),
          new Color(0x0072B2),
          new Color(0xD55E00));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS);

  private final XYChart chart;

  CurveChart(
      String title,
      String abscissa,
      String ordinate,
      Map<String, SortedMap<Double, Double>> curves) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(abscissa)
            .yAxisTitle(ordinate)
            .build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
        .setChartTitleBoxVisible(false)
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12))
        .setLegendBorderColor(Color.WHITE);
    int index = 0;
    for (Map.Entry<String, SortedMap<Double, Double>> curve : curves.entrySet()) {
      XYSeries series =
          chart.addSeries(
              curve.getKey(),
              List.copyOf(curve.getValue().keySet()),
              List.copyOf(curve.getValue().values()));
      series.setLineColor(COLOURS.get(index % COLOURS.size()));
      series.setMarkerColor(COLOURS.get(index % COLOURS.size()));
      series.setMarker(MARKERS.get(index % MARKERS.size()));
      series.setLineStyle(new BasicStroke(1.6f));
      index++;
    }
  }

  void svg(OutputStream out) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    chart.paint(graphics, WIDTH, HEIGHT);
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    graphics.stream(writer, true);
    writer.flush();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform has no XML documents", e);
    }
  }
}
