package io.github.primesim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void actionsAddUpKindByKind() {
    ActionCounts one = ActionCounts.of(Map.of(Action.COMMANDS, 2L, Action.SCATTERS, 5L));
    ActionCounts both = one.plus(ActionCounts.of(Map.of(Action.SCATTERS, 7L)));

    assertThat(both.get(Action.SCATTERS)).isEqualTo(12);
    assertThat(both.get(Action.COMMANDS)).isEqualTo(2);
    assertThat(both.get(Action.GATHERS)).isZero();
    assertThat(both.total()).isEqualTo(14);
    assertThat(both.asMap()).isEqualTo(Map.of(Action.SCATTERS, 12L, Action.COMMANDS, 2L));
    assertThat(one.get(Action.SCATTERS)).as("the summand stays as it is").isEqualTo(5);
  }

  @Test
  void stallsAddUpKindByKind() {
    StallCounts one = StallCounts.of(Map.of(Stall.FF_PORT, 3L));

    assertThat(one.plus(one)).isEqualTo(StallCounts.of(Map.of(Stall.FF_PORT, 6L)));
    assertThat(one.plus(StallCounts.NONE)).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(one).isNotEqualTo(StallCounts.of(Map.of(Stall.PRODUCER, 3L)));
  }

  @Test
  void aBuilderKeepsNoHoldOfWhatItBuilt() {
    ActionCounts.Builder builder = new ActionCounts.Builder().add(Action.POOLINGS, 1);
    ActionCounts before = builder.build();

    assertThat(builder.add(Action.POOLINGS, 1).build().get(Action.POOLINGS)).isEqualTo(2);
    assertThat(before.get(Action.POOLINGS)).isEqualTo(1);
  }

  @Test
  void aSumThatDoesNotFitIsAnError() {
    ActionCounts most = ActionCounts.of(Map.of(Action.COMMANDS, Long.MAX_VALUE));

    assertThatThrownBy(() -> most.plus(ActionCounts.of(Map.of(Action.COMMANDS, 1L))))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void occupancyIsTheShareOfTheUnitsTime() {
    assertThat(new Occupancy("ffPort", 4, 100).share(50)).isEqualTo(0.5, within(1e-12));
    assertThat(new Occupancy("ffPort", 0, 0).share(50)).isZero();
  }
}
