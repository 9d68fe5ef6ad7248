package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossbarUtilizationTest {
  /** 0x35, 0x10 and 0x0F as two 4-bit cells: (3, 5), (1, 0), (0, 15); the last row is a bias. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          3, 3, //
          0x35, 0, -0x10, //
          0, 0, 0, //
          0, 0, 0x0F);

  @Test
  void countsPairsOnce() {
    LayerMapping mapping =
        new BlockCompactMapping().map(WEIGHTS, Matrices.crossbars(4, 6, SignScheme.PAIRS));
    CrossbarUtilization used = CrossbarUtilization.of(mapping, WEIGHTS, 4);

    assertThat(mapping.arrays()).isEqualTo(2);
    assertThat(used.nonZeros()).containsExactly(3);
    assertThat(used.mean()).isEqualTo(3.0 / 12);
    assertThat(used.cells()).isEqualTo(2 * 4 * 6);
    assertThat(used.nonZeroCells()).as("(3, 5), (1, 0), (0, 15)").isEqualTo(4);
    assertThat(used.cellShare()).isEqualTo(4.0 / 48);
  }

  @Test
  void countsEachSignWhereItIs() {
    LayerMapping mapping =
        new BlockCompactMapping().map(WEIGHTS, Matrices.crossbars(4, 6, SignScheme.INDEPENDENT));

    assertThat(CrossbarUtilization.of(mapping, WEIGHTS, 4).nonZeros()).containsExactly(2, 1);
  }

  @Test
  void everySchemeStoresTheSameWeights() {
    long seed = 7;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), 100, 90, 0.2);
    long cells = used("dense", weights).nonZeroCells();
    for (String name : Mappings.names()) {
      CrossbarUtilization used = used(name, weights);
      assertThat(Arrays.stream(used.nonZeros()).sum())
          .as("%s, seed %d", name, seed)
          .isEqualTo((int) weights.nonZeros());
      assertThat(used.nonZeroCells()).as("%s, seed %d", name, seed).isEqualTo(cells);
    }
  }

  private static CrossbarUtilization used(String scheme, IntegerMatrix weights) {
    return CrossbarUtilization.of(
        Mappings.named(scheme).map(weights, Matrices.crossbars(32, 32, SignScheme.PAIRS)),
        weights,
        4);
  }

  @Test
  void readsLowUtilizationBothWays() {
    CrossbarUtilization used =
        new CrossbarUtilization(100, new int[] {1, 19, 20, 30, 100}, 1000, 170);

    assertThat(used.mean()).isEqualTo(0.34);
    assertThat(used.shareBelow(0.2)).isEqualTo(0.4);
    assertThat(used.shareBelowOfMean(0.2)).as("below 6.8 of 100").isEqualTo(0.2);
    assertThat(used.histogram(20)).hasSize(20).contains(1, 0).startsWith(1, 0, 0, 1, 1, 0, 1);
    assertThat(used.histogram(20)[19]).isEqualTo(1);
  }

  @Test
  void addsUpOverMatrices() {
    CrossbarUtilization sum =
        new CrossbarUtilization(10, new int[] {5}, 40, 5)
            .plus(new CrossbarUtilization(10, new int[] {1, 2}, 80, 3));

    assertThat(sum.nonZeros()).containsExactly(5, 1, 2);
    assertThat(sum.mean()).isCloseTo(8.0 / 30, within(1e-12));
    assertThat(sum.cellShare()).isEqualTo(8.0 / 120);
  }

  @Test
  void nothingKeptIsNotUsed() {
    CrossbarUtilization none = new CrossbarUtilization(10, new int[0], 0, 0);

    assertThat(none.mean()).isZero();
    assertThat(none.cellShare()).isZero();
    assertThat(none.shareBelow(0.2)).isZero();
  }
}
