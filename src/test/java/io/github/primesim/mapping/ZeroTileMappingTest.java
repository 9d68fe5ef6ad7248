package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import org.junit.jupiter.api.Test;

class ZeroTileMappingTest extends MappingContract {
  /** Of its four 2 x 2 tiles one is zero, and one has a single sign. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          4, 4, //
          0, 0, 5, 0, //
          0, 0, 0, 0, //
          1, 0, 0, 0, //
          0, -1, 0, -7);

  @Override
  Mapping scheme() {
    return new ZeroTileMapping();
  }

  @Test
  void dropsZeroTiles() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 1][2, 3]\nPAIR[2, 3][0, 1]\nPAIR[2, 3][2, 3]\n");
    assertThat(mapping.outputsMoved()).isFalse();
    assertThat(mapping.metadataBits()).isEqualTo(4);
  }

  @Test
  void dropsZeroTilesOfEachSign() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 4, SignScheme.INDEPENDENT));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo(
            """
            POSITIVE[0, 1][2, 3]
            POSITIVE[2, 3][0, 1]
            NEGATIVE[2, 3][0, 1]
            NEGATIVE[2, 3][2, 3]
            """);
    assertThat(mapping.metadataBits()).isEqualTo(8);
  }
}
