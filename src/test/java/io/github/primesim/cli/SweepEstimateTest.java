package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Which points an estimate takes, and how it words what it found. */
class SweepEstimateTest {
  private static BitSet points(int from, int to) {
    BitSet points = new BitSet();
    points.set(from, to);
    return points;
  }

  @Test
  void pointsAreSpreadOverThoseThatAreMissingAndThenFollowed() {
    SweepEstimate estimate = new SweepEstimate(points(1000, 2000), () -> 0);
    assertThat(estimate.scattered().toArray())
        .hasSize(64)
        .startsWith(1000, 1500, 1250, 1750, 1125)
        .endsWith(1984);
    int[] following = estimate.following().toArray();
    assertThat(following).hasSize(1000 - 64).startsWith(1001, 1501, 1251).doesNotHaveDuplicates();
    assertThat(Arrays.copyOfRange(following, 64, 66)).containsExactly(1002, 1502);
    assertThat(following).doesNotContain(1000, 1015, 1984).contains(1999);
  }

  @Test
  void fewPointsAreSimulatedOnce() {
    BitSet missing = points(3, 4);
    SweepEstimate one = new SweepEstimate(missing, () -> 0);
    assertThat(one.scattered().toArray()).containsExactly(3);
    one.done();
    assertThat(one.following().toArray()).isEmpty();
    assertThat(one.text()).isEqualTo("1 points, of which 0 are left: about 1 s");

    missing.set(7);
    missing.set(9);
    SweepEstimate three = new SweepEstimate(missing, () -> 0);
    assertThat(three.scattered().toArray()).containsExactly(3, 7);
    three.done();
    three.done();
    assertThat(three.following().toArray()).containsExactly(9);
  }

  @Test
  void patienceEndsAfterFourOfEachKind() {
    long[] now = {0};
    SweepEstimate slow = new SweepEstimate(points(0, 1000), () -> now[0]);
    List<Integer> simulated = new ArrayList<>();
    IntConsumer simulation =
        point -> {
          simulated.add(point);
          now[0] += 3_000_000_000L;
          slow.done();
        };
    slow.scattered().forEach(simulation);
    assertThat(simulated).containsExactly(0, 500, 250, 750);
    slow.following().forEach(simulation);
    assertThat(simulated.subList(4, simulated.size())).containsExactly(1, 501, 251, 751);
    assertThat(slow.text()).endsWith(" of which 992 are left: about 50 min");
  }

  @Test
  void whatPointsShareIsNotCountedForEach() {
    // 64 groups of 10 points; the first point of a group takes a second, the others 10 ms.
    long[] now = {0};
    SweepEstimate estimate = new SweepEstimate(points(0, 640), () -> now[0]);
    for (PrimitiveIterator.OfInt each = estimate.scattered().iterator(); each.hasNext(); ) {
      assertThat(each.nextInt() % 10).isZero();
      now[0] += 1_000_000_000L;
      estimate.done();
    }
    int followers = 0;
    for (PrimitiveIterator.OfInt each = estimate.following().iterator(); each.hasNext(); ) {
      assertThat(each.nextInt() % 10).isPositive();
      now[0] += 10_000_000L;
      estimate.done();
      followers++;
    }
    int left = 640 - 4 - followers;
    assertThat(followers).isBetween(36, 50);
    assertThat(estimate.text()).isEqualTo("640 points, of which " + left + " are left: about 6 s");
  }

  @Test
  void pointsGoOnForATenthOfWhatIsLeft() {
    long[] now = {0};
    SweepEstimate estimate = new SweepEstimate(points(0, 100_000), () -> now[0]);
    estimate.scattered().forEach(each -> estimate.done());
    int followers = 0;
    for (PrimitiveIterator.OfInt each = estimate.following().iterator(); each.hasNext(); ) {
      each.nextInt();
      // Cold, then warm: 95,000 points take 48 s, a tenth of which is 4.8 s.
      now[0] += ++followers <= 100 ? 20_000_000L : 500_000L;
      estimate.done();
    }
    assertThat(now[0]).isBetween(4_600_000_000L, 4_900_000_000L);
    assertThat(estimate.text()).endsWith(" are left: about 47 s");

    now[0] = 0;
    SweepEstimate slow = new SweepEstimate(points(0, 100_000), () -> now[0]);
    slow.scattered().forEach(each -> slow.done());
    slow.following()
        .forEach(
            each -> {
              now[0] += 100_000_000L;
              slow.done();
            });
    assertThat(now[0]).isEqualTo(10_000_000_000L);
  }

  @Test
  void aTimeHasTheUnitThatFits() {
    assertThat(SweepEstimate.duration(0.2)).isEqualTo("1 s");
    assertThat(SweepEstimate.duration(119.4)).isEqualTo("119 s");
    assertThat(SweepEstimate.duration(120)).isEqualTo("2 min");
    assertThat(SweepEstimate.duration(12_000)).isEqualTo("3 h 20 min");
  }

  @Test
  void whatIsLeftIsSaid() {
    SweepEstimate estimate = new SweepEstimate(points(0, 12_000));
    estimate.done();
    estimate.done();
    assertThat(estimate.text()).startsWith("12,000 points, of which 11,998 are left: about ");
  }
}
