package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DenseMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new DenseMapping();
  }

  @Override
  boolean sparse() {
    return false;
  }

  @Test
  void mapsTilesInNaturalOrder() {
    LayerMapping mapping =
        scheme()
            .map(
                Matrices.random(new SplittableRandom(1), 3, 3, 0),
                Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 1][0, 1]\nPAIR[0, 1][2]\nPAIR[2][0, 1]\nPAIR[2][2]\n");
    assertThat(mapping.arrays()).isEqualTo(8);
    assertThat(mapping.outputsMoved()).isFalse();
    assertThat(mapping.metadataBits()).isZero();
  }

  @Test
  void takesAsManyArraysWithIndependentSigns() {
    LayerMapping mapping =
        scheme()
            .map(
                Matrices.random(new SplittableRandom(1), 3, 3, 0),
                Matrices.crossbars(2, 4, SignScheme.INDEPENDENT));

    assertThat(mapping.arrays()).isEqualTo(mapping.denseArrays()).isEqualTo(8);
  }

  @Test
  void tilesShareTheirRowsAndColumns() {
    LayerMapping mapping =
        scheme()
            .map(
                Matrices.random(new SplittableRandom(1), 64, 64, 0),
                Matrices.crossbars(16, 16, SignScheme.PAIRS));
    Segment first = mapping.crossbars().get(0).segments().get(0);

    assertThat(mapping.crossbars().get(1).segments().get(0).rows()).isSameAs(first.rows());
    assertThat(mapping.crossbars().get(8).segments().get(0).columns()).isSameAs(first.columns());
  }
}
