package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import org.junit.jupiter.api.Test;

class StripKMeansMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new StripKMeansMapping();
  }

  @Override
  boolean monotone() {
    return false;
  }

  /** Columns of two kinds that alternate; the kinds share no row block. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          4, 5, //
          1, 0, 2, 0, 0, //
          3, 0, 4, 0, 0, //
          0, 5, 0, 6, 0, //
          0, 7, 0, -8, 0);

  @Test
  void onePermutationLetsWholeTilesGo() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping)).isEqualTo("PAIR[0, 1][0, 2]\nPAIR[2, 3][1, 3]\n");
    assertThat(mapping.outputsMoved()).isTrue();
    assertThat(mapping.metadata())
        .as("5 columns of 3 bits, 2 x 3 tiles")
        .isEqualTo(new Metadata(15, 0, 6));
  }

  @Test
  void eachSignHasItsPermutation() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 4, SignScheme.INDEPENDENT));

    assertThat(PlacementCheck.text(mapping).lines())
        .filteredOn(line -> line.startsWith("NEG"))
        .containsExactly("NEGATIVE[2, 3][3]");
    assertThat(mapping.metadata()).isEqualTo(new Metadata(30, 0, 12));
  }

  @Test
  void comparesColumnsByTheBlocksTheyUse() {
    // No two columns share a row, so that only blocks can tell them apart.
    IntegerMatrix weights =
        Matrices.of(
            4, 4, //
            1, 0, 0, 0, //
            0, 0, 2, 0, //
            0, 3, 0, 0, //
            0, 0, 0, 4);

    assertThat(
            PlacementCheck.text(scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.PAIRS))))
        .isEqualTo("PAIR[0, 1][0, 2]\nPAIR[2, 3][1, 3]\n");
  }
}
