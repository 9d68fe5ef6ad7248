package io.github.primesim.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Designs that no other design beats: nothing else is at least as small in every objective and
 * smaller in one. Equal designs stand on the front together.
 */
final class ParetoFront {
  private ParetoFront() {}

  /**
   * Numbers of the points on the front, in their order. O(n^2 d), which a sweep of thousands of
   * points is small enough for.
   *
   * @param points objectives of each point, all to be small, all of the same length and finite
   */
  static List<Integer> of(List<double[]> points) {
    List<Integer> front = new ArrayList<>();
    for (int index = 0; index < points.size(); index++) {
      double[] candidate = points.get(index);
      if (points.stream().noneMatch(other -> beats(other, candidate))) {
        front.add(index);
      }
    }
    return front;
  }

  private static boolean beats(double[] one, double[] other) {
    boolean smaller = false;
    for (int objective = 0; objective < one.length; objective++) {
      if (one[objective] > other[objective]) {
        return false;
      }
      smaller |= one[objective] < other[objective];
    }
    return smaller;
  }
}
