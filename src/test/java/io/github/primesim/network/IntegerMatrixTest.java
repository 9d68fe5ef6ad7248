package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerMatrixTest {
  private static IntegerMatrix quantize(int bits, float... weights) {
    return IntegerMatrix.quantize(new WeightMatrix(1, weights.length, weights), bits, 1, false);
  }

  @ParameterizedTest
  @CsvSource({
    "255, 8, 1", "255.0001, 8, 2", "256, 8, 2", "254, 8, 1", "127.5, 8, 0.5", "127.6, 8, 1",
    "1, 8, 0.0078125", "15, 4, 1", "1, 1, 1", "0.75, 1, 1", "0.5, 1, 0.5", "1e-30, 8, 6.16e-33",
    "0, 8, 1"
  })
  void theScaleIsTheSmallestPowerOfTwoThatHoldsTheLargestWeight(
      double max, int bits, double expected) {
    double scale = IntegerMatrix.scale(max, bits);
    assertThat(scale).isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(0.1));
    assertThat(Math.scalb(1.0, Math.getExponent(scale))).isEqualTo(scale);
  }

  @Test
  void roundingIsHalfAwayFromZero() {
    IntegerMatrix m = quantize(8, 255f, 0.5f, -0.5f, 0.49999997f, -0.49999997f, 1.5f, -2.5f, 2.4f);
    assertThat(m.scale()).isEqualTo(1);
    assertThat(row(m, 0)).containsExactly(255, 1, -1, 0, 0, 2, -3, 2);
    assertThat(m.nonZeros()).isEqualTo(6);
  }

  @Test
  void roundingNeverLeavesTheRange() {
    // 255.0 * 2^-8 is below the weight, so the scale doubles; 127.7 rounds within the range.
    assertThat(row(quantize(8, -255.4f), 0)).containsExactly(-128);
  }

  @Test
  void theBiasTakesTheScaleOfTheWeightsAndSaturates() {
    WeightMatrix weights = new WeightMatrix(2, 3, new float[] {100, -200, 0, 20, -3000, 3});
    IntegerMatrix m = IntegerMatrix.quantize(weights, 8, 2.0, true);
    assertThat(m.scale()).isEqualTo(1);
    assertThat(row(m, 0)).containsExactly(100, -200, 0);
    assertThat(row(m, 1)).containsExactly(10, -255, 2);
    assertThat(m.nonZeros()).isEqualTo(5);
    assertThat(m.at(1, 2)).isEqualTo(2);
  }

  @Test
  void withoutWeightsTheBiasSetsTheScale() {
    WeightMatrix weights = new WeightMatrix(2, 2, new float[] {0, -0f, 51, -510});
    IntegerMatrix m = IntegerMatrix.quantize(weights, 8, 2.0, true);
    assertThat(m.scale()).isEqualTo(1);
    assertThat(row(m, 1)).containsExactly(26, -255);
  }

  @Test
  void anAllZeroMatrixHasNoNonZeros() {
    IntegerMatrix m = quantize(8, 0f, -0f, 0f);
    assertThat(m.nonZeros()).isZero();
    assertThat(m.scale()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noWeightMovesByMoreThanHalfAStep(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int bits = 1; bits <= 15; bits++) {
      float[] values = new float[60];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            (float) ((random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(40) - 20));
      }
      IntegerMatrix m = IntegerMatrix.quantize(new WeightMatrix(6, 10, values), bits, 1, false);
      long nonZeros = 0;
      for (int i = 0; i < values.length; i++) {
        int integer = m.at(i / 10, i % 10);
        nonZeros += integer == 0 ? 0 : 1;
        assertThat(Math.abs(integer * m.scale() - values[i]))
            .as("seed %d, bits %d, weight %d", seed, bits, i)
            .isLessThanOrEqualTo(m.scale() / 2);
      }
      assertThat(m.nonZeros()).as("seed %d", seed).isEqualTo(nonZeros);
    }
  }

  @Test
  void whatCannotBeAMatrixIsRefused() {
    assertThatThrownBy(() -> quantize(16, 1f)).hasMessageContaining("1 to 15");
    assertThatThrownBy(() -> quantize(0, 1f)).hasMessageContaining("1 to 15");
    assertThatThrownBy(() -> quantize(8, Float.POSITIVE_INFINITY)).hasMessageContaining("finite");
    assertThatThrownBy(() -> quantize(8, Float.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new IntegerMatrix(1, 1, 8, 1, new short[] {256}))
        .hasMessageContaining("exceeds 8 bits");
    assertThatThrownBy(() -> new IntegerMatrix(2, 1, 8, 1, new short[] {25}))
        .hasMessageContaining("do not make");
    assertThatThrownBy(() -> new IntegerMatrix(1, 1, 8, 0, new short[] {25}))
        .hasMessageContaining("positive");
    WeightMatrix bias = new WeightMatrix(2, 1, new float[] {1, 1});
    assertThatThrownBy(() -> IntegerMatrix.quantize(bias, 8, 0, true))
        .hasMessageContaining("must be positive");
  }

  private static int[] row(IntegerMatrix m, int row) {
    short[] copied = new short[m.columns()];
    m.copyRow(row, copied);
    int[] values = new int[m.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = m.at(row, column);
      assertThat(copied[column]).isEqualTo((short) values[column]);
    }
    return values;
  }
}
