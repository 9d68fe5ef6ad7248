package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnGainsTest {
  @Test
  void everyColumnIsMultipliedByItsGainRoundedAndKeptWithinItsBits() {
    IntegerMatrix weights =
        new IntegerMatrix(
            3, 4, 8, 0.5, new short[] {10, 10, -10, 0, 1, 1, -1, 255, 200, 5, -255, -2});
    IntegerMatrix cells = new ColumnGains(130, 70, 160, 49).program(weights, 0);

    assertThat(values(cells)).containsExactly(13, 7, -16, 0, 1, 1, -2, 125, 255, 4, -255, -1);
    assertThat(cells.scale()).isEqualTo(0.5);
    assertThat(cells.weightBits()).isEqualTo(8);
  }

  @Test
  void eachMatrixOfALayerHasColumnsOfItsOwn() {
    IntegerMatrix weights = new IntegerMatrix(1, 2, 8, 1, new short[] {100, 100});
    ColumnGains gains = new ColumnGains(101, 102, 103, 104);

    assertThat(values(gains.program(weights, 0))).containsExactly(101, 102);
    assertThat(values(gains.program(weights, 1))).containsExactly(103, 104);
    assertThatThrownBy(() -> gains.program(weights, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matrix 2 of 2 columns, gains of 4");
  }

  @Test
  void aGainMovesNoWeightInOrOut() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      short[] values = new short[60];
      for (int i = 0; i < values.length; i++) {
        values[i] = (short) (random.nextInt(4) == 0 ? 0 : random.nextInt(-255, 256));
      }
      int[] percent = random.ints(6, 1, 1001).toArray();
      IntegerMatrix weights = new IntegerMatrix(10, 6, 8, 1, values);
      int[] cells = values(new ColumnGains(percent).program(weights, 0));
      for (int i = 0; i < cells.length; i++) {
        assertThat(Integer.signum(cells[i]))
            .as("%d at %d percent, seed 7", values[i], percent[i % 6])
            .isEqualTo(Integer.signum(values[i]));
      }
    }
  }

  @Test
  void withoutGainsAMatrixStaysTheSame() {
    IntegerMatrix weights = new IntegerMatrix(1, 2, 8, 1, new short[] {7, -8});
    assertThat(ColumnGains.NONE.program(weights, 3)).isSameAs(weights);
  }

  @Test
  void readsWhatItWrites() {
    ColumnGains gains = new ColumnGains(100, 1, 1000, 97);
    assertThat(gains).hasToString("100 1 1000 97");
    assertThat(ColumnGains.valueOf("100 1 1000 97")).isEqualTo(gains).hasSameHashCodeAs(gains);
    assertThat(ColumnGains.valueOf("")).isEqualTo(ColumnGains.NONE);
    assertThat(gains).isNotEqualTo(new ColumnGains(100, 1, 1000, 98));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 x", "100  99", "0", "1001", " ", "1.5", "-3"})
  void refusesWhatIsNoGain(String text) {
    assertThatThrownBy(() -> ColumnGains.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed: 1 to 1000");
  }

  private static int[] values(IntegerMatrix matrix) {
    int[] values = new int[matrix.rows() * matrix.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.at(i / matrix.columns(), i % matrix.columns());
    }
    return values;
  }
}
