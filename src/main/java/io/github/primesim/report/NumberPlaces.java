package io.github.primesim.report;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the numbers of points go in a frame: beside their points, clear of the numbers before them
 * and of as many points as can be. In pixels, downwards.
 */
final class NumberPlaces {
  /** Half a marker, and what stays free around a number. */
  private static final double DOT = 5;

  private static final double APART = 3;

  /** Distances from the middle of a point. */
  private static final List<Double> DISTANCES = List.of(DOT + APART, 3 * DOT + APART);

  /** To the left and downwards first, where no other point of a network can be. */
  private static final int[][] DIRECTIONS = {
    {-1, 1}, {-1, 0}, {0, 1}, {1, 1}, {-1, -1}, {1, 0}, {0, -1}, {1, -1}
  };

  private final Rectangle2D frame;
  private final Collection<Point2D> points;
  private final List<Rectangle2D> taken = new ArrayList<>();

  /**
   * Places in a frame.
   *
   * @param points all that are drawn, whether they have numbers or not
   */
  NumberPlaces(Rectangle2D frame, Collection<Point2D> points) {
    this.frame = frame;
    this.points = List.copyOf(points);
  }

  /**
   * Takes a place for the next number.
   *
   * @param below whether the place is looked for below the point first
   * @return empty if wherever it stood it would lie on another number or on the frame
   */
  Optional<Rectangle2D> next(Point2D point, double width, double height, boolean below) {
    Rectangle2D best = null;
    long fewest = Long.MAX_VALUE;
    for (double distance : DISTANCES) {
      for (int i = 0; i < DIRECTIONS.length; i++) {
        int[] to = DIRECTIONS[below ? i : DIRECTIONS.length - 1 - i];
        Rectangle2D place = beside(point, to, distance, width, height);
        if (isFree(place)) {
          long covered = points.stream().filter(other -> covers(place, other)).count();
          if (covered < fewest) {
            fewest = covered;
            best = place;
          }
        }
      }
    }
    if (best != null) {
      taken.add(best);
    }
    return Optional.ofNullable(best);
  }

  private static Rectangle2D beside(
      Point2D point, int[] to, double distance, double width, double height) {
    double middle = point.getX() + to[0] * (distance + width / 2);
    double level = point.getY() + to[1] * (distance + height / 2);
    return new Rectangle2D.Double(middle - width / 2, level - height / 2, width, height);
  }

  private boolean isFree(Rectangle2D place) {
    return frame.contains(grown(place, APART))
        && taken.stream().noneMatch(grown(place, APART)::intersects);
  }

  private static boolean covers(Rectangle2D place, Point2D point) {
    return grown(place, DOT).contains(point);
  }

  private static Rectangle2D grown(Rectangle2D place, double by) {
    return new Rectangle2D.Double(
        place.getX() - by,
        place.getY() - by,
        place.getWidth() + 2 * by,
        place.getHeight() + 2 * by);
  }
}
