package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.units.Clock;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

/** Are the statistics exact, and do they say so when they cannot be? */
class StatisticsTest {
  private final Experiment experiment = new Experiment("statistics", new Clock(1));

  @Test
  void aCountCounts() {
    Count count = new Count("reads");
    count.update();
    count.update(41);
    count.update(0);
    assertThat(count.value()).isEqualTo(42);
    assertThat(count).hasToString("reads = 42");
    assertThatThrownBy(() -> count.update(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads");
    assertThatThrownBy(() -> count.update(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    assertThat(count.value()).isEqualTo(42);
  }

  @Test
  void aTallyAgreesWithCommonsMath() {
    SplittableRandom random = new SplittableRandom(1);
    Tally tally = new Tally("waits");
    SummaryStatistics expected = new SummaryStatistics();
    for (int i = 0; i < 1_000; i++) {
      long value = random.nextLong(-1_000, 5_000);
      tally.update(value);
      expected.addValue((double) value);
    }
    assertThat(tally.observations()).isEqualTo(1_000);
    assertThat(tally.sum()).isEqualTo((long) expected.getSum());
    assertThat(tally.min()).isEqualTo((long) expected.getMin());
    assertThat(tally.max()).isEqualTo((long) expected.getMax());
    assertThat(tally.mean()).isEqualTo(expected.getMean(), within(1e-9));
    assertThat(tally.standardDeviation()).isEqualTo(expected.getStandardDeviation(), within(1e-9));
  }

  @Test
  void theDeviationOfHugeObservationsDoesNotCancelOut() {
    // In doubles the squares of these differ by less than their rounding.
    Tally tally = new Tally("late");
    long huge = 3_000_000_000_000_000_000L;
    tally.update(huge);
    tally.update(huge + 2);
    tally.update(huge + 4);
    assertThat(tally.standardDeviation()).isEqualTo(2.0);
    assertThatThrownBy(() -> tally.update(huge)).isInstanceOf(ArithmeticException.class);
    assertThat(tally.observations()).isEqualTo(3);
    Tally negative = new Tally("negative");
    negative.update(-huge);
    negative.update(-huge - 2);
    negative.update(-huge - 4);
    assertThat(negative.standardDeviation()).isEqualTo(2.0);
  }

  @Test
  void anEmptyTallyHasNoExtremesAndNoMean() {
    Tally tally = new Tally("none");
    assertThat(tally.mean()).isNaN();
    assertThat(tally.standardDeviation()).isNaN();
    assertThatThrownBy(tally::min).hasMessage("none has no observation");
    assertThatThrownBy(tally::max).isInstanceOf(IllegalStateException.class);
    tally.update(5);
    assertThat(tally.mean()).isEqualTo(5);
    assertThat(tally.standardDeviation()).isNaN();
  }

  @Test
  void anAccumulateWeighsEachValueWithItsTime() {
    experiment.runUntil(100);
    Accumulate level = new Accumulate(experiment, "level", 2);
    assertThat(level.mean()).isNaN();
    experiment.runUntil(110);
    level.update(50);
    level.add(-47);
    experiment.runUntil(130);
    assertThat(level.integral()).isEqualTo(2 * 10 + 3 * 20);
    assertThat(level.mean()).isEqualTo(80 / 30.0);
    assertThat(level.value()).isEqualTo(3);
    assertThat(level.min()).isEqualTo(2);
    assertThat(level.max()).isEqualTo(50);
    level.update(Long.MAX_VALUE / 2);
    experiment.runUntil(133);
    assertThatThrownBy(level::integral).isInstanceOf(ArithmeticException.class);
  }
}
