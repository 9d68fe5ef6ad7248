package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Numbers stay in the frame and off each other. */
class NumberPlacesTest {
  private static final Rectangle2D FRAME = new Rectangle2D.Double(100, 50, 400, 300);

  @Test
  void aNumberStandsBelowItsPointOrAbove() {
    Point2D point = new Point2D.Double(300, 200);
    assertThat(new NumberPlaces(FRAME, List.of(point)).next(point, 20, 10, true))
        .hasValueSatisfying(
            place -> {
              assertThat(place.getMaxX()).isLessThan(300);
              assertThat(place.getMinY()).isGreaterThan(200);
            });
    assertThat(new NumberPlaces(FRAME, List.of(point)).next(point, 20, 10, false))
        .hasValueSatisfying(
            place -> {
              assertThat(place.getMinX()).isGreaterThan(300);
              assertThat(place.getMaxY()).isLessThan(200);
            });
  }

  @Test
  void aNumberStaysInTheFrameInEveryCorner() {
    for (int x : List.of(100, 300, 500)) {
      for (int y : List.of(50, 200, 350)) {
        Point2D point = new Point2D.Double(x, y);
        Optional<Rectangle2D> place =
            new NumberPlaces(FRAME, List.of(point)).next(point, 60, 10, true);
        assertThat(place).as(point.toString()).isPresent();
        assertThat(FRAME.contains(place.get())).as(point.toString()).isTrue();
        assertThat(place.get().contains(point)).as(point.toString()).isFalse();
      }
    }
  }

  @Test
  void numbersOfACrowdNeverLieOnEachOther() {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(new Point2D.Double(102 + 9 * i, 340 - 7 * i));
    }
    NumberPlaces places = new NumberPlaces(FRAME, points);
    List<Rectangle2D> taken = new ArrayList<>();
    for (Point2D point : points) {
      places.next(point, 30, 10, true).ifPresent(taken::add);
    }
    assertThat(taken).hasSizeGreaterThan(6);
    for (Rectangle2D one : taken) {
      assertThat(taken.stream().filter(one::intersects)).as(one.toString()).hasSize(1);
    }
  }

  @Test
  void otherPointsAreAvoidedWhereTheyCanBe() {
    Point2D point = new Point2D.Double(300, 200);
    List<Point2D> points = new ArrayList<>(List.of(point));
    for (int x = 200; x < 300; x += 5) {
      points.add(new Point2D.Double(x, 213));
    }
    assertThat(new NumberPlaces(FRAME, points).next(point, 20, 10, true))
        .hasValueSatisfying(
            place ->
                assertThat(points.stream().filter(place::contains)).as(place.toString()).isEmpty());
  }
}
