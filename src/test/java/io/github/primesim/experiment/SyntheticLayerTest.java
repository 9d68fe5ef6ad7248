package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.experiment.SyntheticLayer.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticLayerTest {
  private static final long SEED = 2019;

  /**
   * A column of a row block of uniform non-zeros of density p is zero with probability (1 - p)^m;
   * with many columns the crossbars follow.
   */
  @Test
  void uniformLayersReduceAsTheClosedFormSays() {
    int size = 32;
    for (double density : new double[] {0.02, 0.04, 0.1}) {
      SyntheticLayer layer = SyntheticLayer.draw(Model.U, 1024, 4096, density, SEED);
      double expected = 1 / (1 - Math.pow(1 - density / 2, size));
      assertThat(layer.reduction("block-compact", size, 1).factor())
          .as("density %s", density)
          .isCloseTo(expected, within(0.02 * expected));
    }
  }

  @Test
  void unlikeIntensitiesLeaveMoreColumnsEmptyThanChance() {
    SyntheticLayer uniform = SyntheticLayer.draw(Model.U, 1024, 1024, 0.04, SEED);
    SyntheticLayer unlike = SyntheticLayer.draw(Model.M, 1024, 1024, 0.04, SEED);
    assertThat(unlike.reduction("block-compact", 32, 1).factor())
        .isGreaterThan(1.1 * uniform.reduction("block-compact", 32, 1).factor());
  }

  /** Nine times fewer where tiles of a tap hold no other tap's rows: 288 rows are 32 a tap. */
  @Test
  void deadTapsAreDroppedByEveryScheme() {
    SyntheticLayer layer = SyntheticLayer.draw(Model.T, 288, 512, 0.9, SEED);
    for (String scheme :
        List.of("zero-tile", "global-kmeans", "strip-kmeans", "block-compact", "row-order")) {
      assertThat(layer.reduction(scheme, 32, 1).factor()).as(scheme).isEqualTo(9);
    }
  }

  @Test
  void noSchemeBreaksItsBoundsAndDenseKeepsAll() {
    SyntheticLayer layer = SyntheticLayer.draw(Model.M, 512, 256, 0.1, SEED);
    assertThat(layer.reduction("dense", 32, 1).factor()).isEqualTo(1);
    for (String scheme : List.of("zero-tile", "block-kmeans", "block-compact")) {
      Reduction reduction = layer.reduction(scheme, 32, 1);
      assertThat(reduction.kept()).as(scheme).isGreaterThanOrEqualTo(reduction.boundRowsInOrder());
    }
    Reduction moved = layer.reduction("row-order", 32, 2);
    assertThat(moved.kept()).isGreaterThanOrEqualTo(moved.boundCells());
    assertThat(moved).isEqualTo(layer.reduction("row-order", 32, 1));
  }
}
