package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.hardware.SignScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Calibration CALIBRATION =
      new Calibration(
          "fc",
          false,
          0.125,
          4,
          List.of(),
          List.of(
              new SenseAmplifierWindow(SignScheme.PAIRS, 128, 4),
              new SenseAmplifierWindow(SignScheme.PAIRS, 32, 2),
              new SenseAmplifierWindow(SignScheme.INDEPENDENT, 32, 8)));

  @Test
  void takesTheWindowOfTheNextLargerCrossbars() {
    assertThat(lsb(SignScheme.PAIRS, 16)).isEqualTo(2);
    assertThat(lsb(SignScheme.PAIRS, 32)).isEqualTo(2);
    assertThat(lsb(SignScheme.PAIRS, 33)).isEqualTo(4);
    assertThat(lsb(SignScheme.PAIRS, 512)).as("none larger: the largest").isEqualTo(4);
    assertThat(lsb(SignScheme.INDEPENDENT, 512)).isEqualTo(8);
  }

  private static double lsb(SignScheme signs, int rows) {
    return CALIBRATION.window(signs, rows).orElseThrow().lsb();
  }

  @Test
  void theBiasWordlineStandsForItsLevel() {
    assertThat(CALIBRATION.biasInput()).isEqualTo(0.5);
    assertThat(new Calibration("fc", false, 0.125, 0, List.of(), List.of()).biasInput())
        .as("no bias")
        .isEqualTo(1);
  }

  @Test
  void scalesArePowersOfTwo() {
    for (double scale : new double[] {0.3, 0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Calibration("fc", false, scale, 0, List.of(), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("inputScale is " + scale);
    }
  }
}
