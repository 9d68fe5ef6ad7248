package io.github.primesim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void actionsAddUpKindByKind() {
    Counts<Action> one = Counts.of(Map.of(Action.COMMANDS, 2L, Action.SCATTERS, 5L));
    Counts<Action> both = one.plus(Counts.of(Map.of(Action.SCATTERS, 7L)));

    assertThat(both.get(Action.SCATTERS)).isEqualTo(12);
    assertThat(both.get(Action.COMMANDS)).isEqualTo(2);
    assertThat(both.get(Action.GATHERS)).isZero();
    assertThat(both.total()).isEqualTo(14);
    assertThat(both.asMap()).isEqualTo(Map.of(Action.SCATTERS, 12L, Action.COMMANDS, 2L));
    assertThat(one.get(Action.SCATTERS)).as("the summand stays as it is").isEqualTo(5);
  }

  @Test
  void stallsAddUpKindByKind() {
    Counts<Stall> one = Counts.of(Map.of(Stall.FF_PORT, 3L));

    assertThat(one.plus(one)).isEqualTo(Counts.of(Map.of(Stall.FF_PORT, 6L)));
    assertThat(one.plus(Counts.none())).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(Counts.<Stall>none().plus(one)).isEqualTo(one);
    assertThat(one.times(3)).isEqualTo(Counts.of(Map.of(Stall.FF_PORT, 9L)));
    assertThat(one).isNotEqualTo(Counts.of(Map.of(Stall.PRODUCER, 3L)));
  }

  @Test
  void aBuilderKeepsNoHoldOfWhatItBuilt() {
    Counts.Builder<Action> builder = new Counts.Builder<>(Action.class).add(Action.POOLINGS, 1);
    Counts<Action> before = builder.build();

    assertThat(builder.add(Action.POOLINGS, 1).build().get(Action.POOLINGS)).isEqualTo(2);
    assertThat(before.get(Action.POOLINGS)).isEqualTo(1);
  }

  @Test
  void nothingOfAnyKindIsTheSameHoweverItCameAbout() {
    assertThat(Counts.of(Map.of(Action.COMMANDS, 0L)))
        .isEqualTo(Counts.<Action>none())
        .isEqualTo(Counts.of(Map.<Action, Long>of()))
        .isEqualTo(Counts.<Action>none().times(7));
  }

  @Test
  void aSumThatDoesNotFitIsAnError() {
    Counts<Action> most = Counts.of(Map.of(Action.COMMANDS, Long.MAX_VALUE));

    assertThatThrownBy(() -> most.plus(Counts.of(Map.of(Action.COMMANDS, 1L))))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void occupancyIsTheShareOfTheUnitsTime() {
    assertThat(new Occupancy("ffPort", 4, 100).share(50)).isEqualTo(0.5, within(1e-12));
    assertThat(new Occupancy("ffPort", 0, 0).share(50)).isZero();
  }
}
