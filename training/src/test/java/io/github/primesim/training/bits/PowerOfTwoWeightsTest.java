package io.github.primesim.training.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.training.storage.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerOfTwoWeightsTest {
  private static float[] rounded(int bits, float... weights) {
    Tensor tensor = new Tensor(new int[] {1, weights.length}, weights);
    return PowerOfTwoWeights.of(Map.of("fc.weight", tensor), bits).get("fc.weight").values();
  }

  @Test
  void theSmallestPowerOfTwoAtWhichTheLargestWeightFits() {
    // 15 x 1/4 holds 3.6, 15 x 1/8 does not.
    assertThat(rounded(4, 3.6f, -1.1f, 0.13f, 0)).containsExactly(3.5f, -1, 0.25f, 0);
    // 3 x 1/2 is the largest weight itself.
    assertThat(rounded(2, 1.5f, -0.6f)).containsExactly(1.5f, -0.5f);
    assertThat(rounded(8, 0, 0)).containsExactly(0, 0);
  }

  @Test
  void noWeightIsOffByMoreThanHalfALevel() {
    SplittableRandom random = new SplittableRandom(6);
    float[] weights = new float[500];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    // The largest is above 255 / 256, so a level is 1 / 128.
    float[] rounded = rounded(8, weights);
    for (int i = 0; i < weights.length; i++) {
      assertThat(rounded[i]).as("weight %d", i).isCloseTo(weights[i], within(1f / 256));
    }
  }

  @Test
  void biasesStay() {
    Tensor bias = new Tensor(new int[] {1}, new float[] {0.3f});
    assertThat(PowerOfTwoWeights.of(Map.of("fc.bias", bias), 2).get("fc.bias")).isSameAs(bias);
  }
}
