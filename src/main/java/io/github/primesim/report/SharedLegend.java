package io.github.primesim.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/**
 * The legend of several charts, below all of them.
 *
 * @param width in pixels of the charts
 * @param letters of the names
 * @param entries what is named
 */
record SharedLegend(int width, Font letters, List<Entry> entries) {
  private static final int SWATCH = 20;
  private static final int MARKER = 8;
  private static final int BESIDE = 6;
  private static final int APART = 16;
  private static final int EDGE = 8;

  /**
   * A name and how it is drawn.
   *
   * @param marker of a curve; null for a bar, which is an area
   */
  record Entry(String name, Color colour, Marker marker) {}

  /** What is named, for a picture whose width is not known yet. */
  record Names(Font letters, List<Entry> entries) {
    Names {
      entries = List.copyOf(entries);
    }

    SharedLegend within(int width) {
      return new SharedLegend(width, letters, entries);
    }
  }

  private record Placed(Entry entry, int x, int line) {}

  SharedLegend {
    entries = List.copyOf(entries);
  }

  /** In pixels. */
  int height() {
    List<Placed> placed = placed();
    return placed.isEmpty() ? 0 : (placed.get(placed.size() - 1).line() + 1) * lineHeight() + EDGE;
  }

  /** Draws it with its upper left corner at the origin. */
  void paint(Graphics2D graphics) {
    graphics.setFont(letters);
    for (Placed each : placed()) {
      int middle = each.line() * lineHeight() + lineHeight() / 2;
      Entry entry = each.entry();
      graphics.setColor(entry.colour());
      if (entry.marker() == null) {
        graphics.fillRect(each.x(), middle - SWATCH / 4, SWATCH, SWATCH / 2);
      } else {
        graphics.setStroke(new BasicStroke(2));
        graphics.drawLine(each.x(), middle, each.x() + SWATCH, middle);
        entry.marker().paint(graphics, each.x() + SWATCH / 2.0, middle, MARKER);
      }
      graphics.setColor(Color.BLACK);
      graphics.drawString(
          entry.name(), each.x() + SWATCH + BESIDE, middle + metrics().getAscent() / 2 - 1);
    }
  }

  private List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    int x = EDGE;
    int line = 0;
    for (Entry entry : entries) {
      int wide = SWATCH + BESIDE + metrics().stringWidth(entry.name()) + APART;
      if (x + wide > width && x > EDGE) {
        x = EDGE;
        line++;
      }
      placed.add(new Placed(entry, x, line));
      x += wide;
    }
    return placed;
  }

  private int lineHeight() {
    return metrics().getHeight() + 2;
  }

  private FontMetrics metrics() {
    Graphics2D any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return any.getFontMetrics(letters);
    } finally {
      any.dispose();
    }
  }
}
