package io.github.primesim.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Designs that no other design beats: nothing else is at least as small in every objective and
 * smaller in one. Equal designs stand on the front together.
 */
final class ParetoFront {
  private ParetoFront() {}

  /**
   * Numbers of the points on the front, in their order. In the order of their objectives a point is
   * beaten by earlier ones only, and if so by one of the front.
   *
   * @param points objectives of each point, all to be small, all of the same length and finite
   */
  static List<Integer> of(List<double[]> points) {
    List<Integer> front = new ArrayList<>();
    IntStream.range(0, points.size())
        .boxed()
        .sorted((one, other) -> order(points.get(one), points.get(other)))
        .forEachOrdered(
            index -> {
              if (front.stream().noneMatch(each -> beats(points.get(each), points.get(index)))) {
                front.add(index);
              }
            });
    Collections.sort(front);
    return front;
  }

  private static int order(double[] one, double[] other) {
    for (int objective = 0; objective < one.length; objective++) {
      if (one[objective] != other[objective]) {
        return one[objective] < other[objective] ? -1 : 1;
      }
    }
    return 0;
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
