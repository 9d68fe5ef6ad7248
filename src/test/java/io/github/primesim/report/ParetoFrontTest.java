package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {
  @Test
  void whatIsWorseInNothingAndBetterInOneBeats() {
    List<double[]> points =
        List.of(
            new double[] {1, 9},
            new double[] {5, 5},
            new double[] {5, 6},
            new double[] {9, 1},
            new double[] {6, 6},
            new double[] {5, 5});
    assertThat(ParetoFront.of(points)).containsExactly(0, 1, 3, 5);
    assertThat(ParetoFront.of(List.of())).isEmpty();
    assertThat(ParetoFront.of(List.of(new double[] {-0.0, 5}, new double[] {0.0, 4})))
        .containsExactly(1);
  }

  /** With two objectives: going up in the first, the best second so far must fall. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void withTwoObjectivesItIsWhatASortedScanKeeps(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> points = new ArrayList<>();
    for (int index = 0; index < 200; index++) {
      points.add(new double[] {random.nextInt(40), random.nextInt(40)});
    }
    List<Integer> expected = new ArrayList<>();
    for (int index = 0; index < points.size(); index++) {
      double[] point = points.get(index);
      double bestBefore =
          points.stream()
              .filter(p -> p[0] < point[0])
              .mapToDouble(p -> p[1])
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      double bestBeside =
          points.stream().filter(p -> p[0] == point[0]).mapToDouble(p -> p[1]).min().orElseThrow();
      if (point[1] < bestBefore && point[1] == bestBeside) {
        expected.add(index);
      }
    }
    assertThat(ParetoFront.of(points)).as("seed %d", seed).isEqualTo(expected);
  }
}
