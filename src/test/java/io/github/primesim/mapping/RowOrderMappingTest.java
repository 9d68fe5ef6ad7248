package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowOrderMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new RowOrderMapping();
  }

  @Override
  boolean monotone() {
    return false;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverNeedsMoreThanTheRowsInNaturalOrder(Case c) {
    assertThat(scheme().map(c.weights(), c.geometry()).arrays())
        .as("%s", c)
        .isLessThanOrEqualTo(new BlockCompactMapping().map(c.weights(), c.geometry()).arrays());
  }

  /** Rows 0, 2 and 4 use the same columns, and so do rows 1, 3 and 5. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          6, 4, //
          1, 2, 0, 0, //
          0, 0, 3, 4, //
          5, 0, 0, 0, //
          0, 0, 0, -6, //
          0, 7, 0, 0, //
          0, 0, 8, 0);

  @Test
  void putsRowsWithTheSameZerosTogether() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(3, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 2, 4][1, 0]\nPAIR[1, 3, 5][2, 3]\n");
    assertThat(mapping.inputs()).isEqualTo(InputOrder.PERMUTED);
    assertThat(mapping.metadata())
        .as("2 crossbars of 2 columns, 2 bits each; 6 rows of 3 bits")
        .isEqualTo(new Metadata(8, 18, 0));
    assertThat(mapping.lowerBoundArrays()).as("in natural order").isEqualTo(8);
  }

  @Test
  void bothSignsShareOneOrder() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(3, 4, SignScheme.INDEPENDENT));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo(
            """
            POSITIVE[0, 2, 4][1, 0]
            POSITIVE[1, 3, 5][2, 3]
            NEGATIVE[1, 3, 5][3]
            """);
  }

  @Test
  void keepsTheNaturalOrderWhereNoneIsBetter() {
    IntegerMatrix weights = Matrices.of(3, 2, 1, 1, 1, 1, 1, 1);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping)).isEqualTo("PAIR[0, 1][0, 1]\nPAIR[2][0, 1]\n");
    assertThat(mapping.inputs()).isEqualTo(InputOrder.NATURAL);
    assertThat(mapping.metadataBits()).isZero();
  }

  @Test
  void emptyRowsGetNoWordline() {
    IntegerMatrix weights = Matrices.of(4, 2, 0, 0, 1, 0, 0, 0, 2, 0);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping)).isEqualTo("PAIR[1, 3][0]\n");
  }
}
