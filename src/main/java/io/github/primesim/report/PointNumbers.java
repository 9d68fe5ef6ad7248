package io.github.primesim.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * Numbers beside the points of a chart. Where they go depends on where its axes put the points, so
 * it is found when the chart is painted.
 */
final class PointNumbers extends Annotation {
  /** Pixels up to which the markers of two points lie on each other. */
  private static final double ONE_DOT = 8;

  private final XYChart plane;
  private final Font letters;
  private final List<Numbered> all;

  /**
   * A point, or several in one place, with numbers that follow on each other.
   *
   * @param network points of different ones never share a number
   * @param below whether the number stands below the point rather than above it
   */
  record Numbered(String network, boolean below, int first, int last, double x, double y) {
    /** One number or a range. */
    String text() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }

    private Numbered upTo(int number) {
      return new Numbered(network, below, first, number, x, y);
    }
  }

  PointNumbers(XYChart plane, Font letters, List<Numbered> all) {
    super(false);
    this.plane = plane;
    this.letters = letters;
    this.all = List.copyOf(all);
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setColor(Color.BLACK);
    NumberPlaces places = new NumberPlaces(frame(), points());
    for (Numbered each : joined()) {
      Shape outline =
          new TextLayout(each.text(), letters, graphics.getFontRenderContext()).getOutline(null);
      Rectangle2D size = outline.getBounds2D();
      places
          .next(at(each.x(), each.y()), size.getWidth(), size.getHeight(), each.below())
          .map(
              place ->
                  AffineTransform.getTranslateInstance(
                      place.getX() - size.getX(), place.getY() - size.getY()))
          .ifPresent(shift -> graphics.fill(shift.createTransformedShape(outline)));
    }
  }

  /** Neighbours that lie on each other share a range. */
  private List<Numbered> joined() {
    List<Numbered> joined = new ArrayList<>();
    for (Numbered each : all) {
      Numbered before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (before != null
          && before.network().equals(each.network())
          && at(before.x(), before.y()).distance(at(each.x(), each.y())) < ONE_DOT) {
        joined.set(joined.size() - 1, before.upTo(each.last()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }

  private Rectangle2D frame() {
    return new Rectangle2D.Double(
        getXAxisScreenValueForMin(),
        getYAxisScreenValueForMin(),
        getXAxisScreenValueForMax() - getXAxisScreenValueForMin(),
        getYAxisScreenValueForMax() - getYAxisScreenValueForMin());
  }

  private Set<Point2D> points() {
    Set<Point2D> points = new LinkedHashSet<>();
    for (XYSeries series : plane.getSeriesCollection()) {
      for (int i = 0; i < series.getXData().length; i++) {
        points.add(at(series.getXData()[i], series.getYData()[i]));
      }
    }
    return points;
  }

  private Point2D at(double x, double y) {
    return new Point2D.Double(getXAxisScreenValue(x), getYAxisScreenValue(y));
  }
}
