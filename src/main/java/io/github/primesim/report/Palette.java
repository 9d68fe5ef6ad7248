package io.github.primesim.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How charts look: colours survive colour blindness, markers a grey printer. */
final class Palette {
  /**
   * Okabe and Ito's palette, yellow left out: it is too light for lines on white. Grey and two of
   * Tol's muted colours follow, so that each network of an evaluation has one of its own.
   */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x000000),
          new Color(0x56B4E9),
          new Color(0x009E73),
          new Color(0xE69F00),
          new Color(0xCC79A7),
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x7F7F7F),
          new Color(0x332288),
          new Color(0x882255));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.NONE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CIRCLE,
          SeriesMarkers.CROSS,
          SeriesMarkers.PLUS,
          SeriesMarkers.OVAL,
          SeriesMarkers.RECTANGLE);

  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private Palette() {}

  /** The colour of the series with that index. */
  static Color colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  /**
   * The legend of several charts in which the same names look the same.
   *
   * @param names in the order of their series
   * @param curves whether they are curves, not bars
   */
  static SharedLegend.Names legend(List<String> names, boolean curves) {
    return legend(
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    new SharedLegend.Entry(
                        names.get(i), colour(i), curves ? MARKERS.get(i % MARKERS.size()) : null))
            .toList());
  }

  /** A legend in the letters of the charts. */
  static SharedLegend.Names legend(List<SharedLegend.Entry> entries) {
    return new SharedLegend.Names(PLAIN, entries);
  }

  /** Line and markers of the series with that index. */
  static void style(XYSeries series, int index) {
    series.setLineColor(colour(index));
    series.setMarkerColor(colour(index));
    series.setMarker(MARKERS.get(index % MARKERS.size()));
    series.setLineStyle(new BasicStroke(1.6f));
  }

  /** Background and fonts. */
  static void style(Styler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
        .setChartTitleBoxVisible(false)
        .setLegendFont(PLAIN)
        .setLegendBorderColor(Color.WHITE);
  }
}
