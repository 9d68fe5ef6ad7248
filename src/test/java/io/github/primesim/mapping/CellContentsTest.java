package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellContentsTest {
  /** 0x35, 0x10 and 0x0F as two 4-bit cells: (3, 5), (1, 0), (0, 15); the last row is a bias. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          3, 3, //
          0x35, 0, -0x10, //
          0, 0, 0, //
          0, 0, 0x0F);

  @Test
  void countsLevelsAndCellsOfPairs() {
    LayerMapping mapping =
        new BlockCompactMapping().map(WEIGHTS, Matrices.crossbars(4, 6, SignScheme.PAIRS));
    CellContents contents = CellContents.of(mapping, WEIGHTS, 4, true);
    CellLevels levels = contents.levels();

    assertThat(mapping.arrays()).isEqualTo(2);
    assertThat(levels.inputCells()).as("2 rows x 2 columns x 2 arrays").isEqualTo(8);
    assertThat(levels.biasCells()).isEqualTo(4);
    assertThat(levels.inputLevels()).containsExactly(3 + 1, 5);
    assertThat(levels.biasLevels()).containsExactly(0, 15);
    Utilization used = contents.utilization();
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
    CellContents contents = CellContents.of(mapping, WEIGHTS, 4, false);

    assertThat(contents.utilization().nonZeros()).containsExactly(2, 1);
    assertThat(contents.levels().inputCells()).as("3 x 2 positive, 3 x 1 negative").isEqualTo(9);
    assertThat(contents.levels().inputLevels()).containsExactly(3 + 1, 5 + 15);
    assertThat(contents.levels().biasCells()).isZero();
  }

  @Test
  void everySchemeStoresTheSameLevels() {
    long seed = 7;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), 100, 90, 0.2);
    CellLevels dense = levels("dense", weights);
    for (String name : Mappings.names()) {
      CellLevels levels = levels(name, weights);
      assertThat(levels.inputLevels()).as(name).isEqualTo(dense.inputLevels());
      assertThat(levels.biasLevels()).as(name).isEqualTo(dense.biasLevels());
      assertThat(levels.inputCells()).as(name).isLessThanOrEqualTo(dense.inputCells());
    }
  }

  private static CellLevels levels(String scheme, IntegerMatrix weights) {
    return CellContents.of(
            Mappings.named(scheme).map(weights, Matrices.crossbars(32, 32, SignScheme.PAIRS)),
            weights,
            4,
            true)
        .levels();
  }

  @Test
  void readsLowUtilizationBothWays() {
    Utilization used = new Utilization(100, new int[] {1, 19, 20, 30, 100}, 1000, 170);

    assertThat(used.mean()).isEqualTo(0.34);
    assertThat(used.shareBelow(0.2)).isEqualTo(0.4);
    assertThat(used.shareBelowOfMean(0.2)).as("below 6.8 of 100").isEqualTo(0.2);
    assertThat(used.histogram(20)).hasSize(20).contains(1, 0).startsWith(1, 0, 0, 1, 1, 0, 1);
    assertThat(used.histogram(20)[19]).isEqualTo(1);
  }

  @Test
  void addsUpOverMatrices() {
    Utilization sum =
        new Utilization(10, new int[] {5}, 40, 5)
            .plus(new Utilization(10, new int[] {1, 2}, 80, 3));

    assertThat(sum.nonZeros()).containsExactly(5, 1, 2);
    assertThat(sum.mean()).isCloseTo(8.0 / 30, within(1e-12));
    assertThat(sum.cellShare()).isEqualTo(8.0 / 120);
  }

  @Test
  void nothingKeptIsNotUsed() {
    Utilization none = new Utilization(10, new int[0], 0, 0);

    assertThat(none.mean()).isZero();
    assertThat(none.cellShare()).isZero();
    assertThat(none.shareBelow(0.2)).isZero();
  }
}
