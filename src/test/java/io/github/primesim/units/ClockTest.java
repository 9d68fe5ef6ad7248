package io.github.primesim.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void nanosecondsRoundUpToWholeCycles() {
    Clock clock = new Clock(1.0);
    assertThat(clock.cyclesAtLeast(0)).isZero();
    assertThat(clock.cyclesAtLeast(9.8)).isEqualTo(10);
    assertThat(clock.cyclesAtLeast(10)).isEqualTo(10);
    assertThat(clock.cyclesAtLeast(10.001)).isEqualTo(11);
  }

  @Test
  void anExactMultipleIsNotPushedUpByRoundingErrors() {
    assertThat(new Clock(0.1).cyclesAtLeast(0.3)).isEqualTo(3);
    assertThat(new Clock(9.8).cyclesAtLeast(9.8 * 3)).isEqualTo(3);
  }

  @Test
  void cyclesConvertBackToNanoseconds() {
    assertThat(new Clock(0.5).nanoseconds(9)).isEqualTo(4.5);
  }

  @Test
  void impossibleQuantitiesAreRefused() {
    assertThatThrownBy(() -> new Clock(0)).hasMessageContaining("0.0 ns");
    assertThatThrownBy(() -> new Clock(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Clock(1).cyclesAtLeast(-1)).hasMessageContaining("-1.0");
  }
}
