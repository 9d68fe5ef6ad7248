package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockCompactMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new BlockCompactMapping();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void needsNoMoreThanTheBound(Case c) {
    LayerMapping mapping = scheme().map(c.weights(), c.geometry());

    assertThat(mapping.arrays()).as("%s", c).isEqualTo(mapping.lowerBoundArrays());
  }

  @Test
  void ordersColumnsByWeightAndLeavesTheLightestToThePartialCrossbar() {
    IntegerMatrix weights =
        Matrices.of(
            2, 7, //
            3, 0, -9, 2, 0, 1, 4, //
            1, 0, 0, -2, 0, 1, 0);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    // Sums 4, 0, 9, 4, 0, 2, 4: equal ones keep their order, zero columns are gone.
    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 1][2, 0]\nPAIR[0, 1][3, 6]\nPAIR[0, 1][5]\n");
    assertThat(mapping.outputsMoved()).isTrue();
    assertThat(mapping.metadataBits()).as("3 crossbars of 2 columns, 3 bits each").isEqualTo(18);
  }

  @Test
  void movesNothingWhereTheOrderIsNatural() {
    IntegerMatrix weights = Matrices.of(1, 3, 9, 5, 2);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping)).isEqualTo("PAIR[0][0, 1]\nPAIR[0][2]\n");
    assertThat(mapping.outputsMoved()).isFalse();
    assertThat(mapping.metadataBits()).isZero();
  }

  @Test
  void packsEachSignForItself() {
    IntegerMatrix weights =
        Matrices.of(
            2, 4, //
            3, -2, 0, 1, //
            0, 0, -5, 7);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.INDEPENDENT));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("POSITIVE[0, 1][3, 0]\nNEGATIVE[0, 1][2, 1]\n");
  }
}
