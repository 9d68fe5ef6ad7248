package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import org.junit.jupiter.api.Test;

class ColumnGroupMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new ColumnGroupMapping();
  }

  @Override
  boolean monotone() {
    return false;
  }

  @Override
  boolean inRowBlocks() {
    return false;
  }

  /** Columns 0, 2 and 4 use the same rows, and so do columns 1, 3 and 5. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          5, 6, //
          1, 0, 0, 0, 9, 0, //
          0, 2, 0, 3, 0, 4, //
          5, 0, -6, 0, 0, 0, //
          0, 7, 0, 0, 0, 8, //
          0, 0, 0, 0, 0, 0);

  @Test
  void skipsRowsThatAreZeroForAGroup() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 6, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 2][0, 2, 4]\nPAIR[1, 3][1, 3, 5]\n");
    assertThat(mapping.inputs()).isEqualTo(InputOrder.GATHERED);
    assertThat(mapping.outputsMoved()).isTrue();
    assertThat(mapping.metadata())
        .as("2 groups of 3 columns and of 2 rows, 3 bits each")
        .isEqualTo(new Metadata(18, 12, 0));
  }

  @Test
  void cutsTheUnionOfAGroupIntoCrossbars() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(1, 6, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0][0, 2, 4]\nPAIR[2][0, 2, 4]\nPAIR[1][1, 3, 5]\nPAIR[3][1, 3, 5]\n");
  }

  @Test
  void eachSignHasItsGroups() {
    LayerMapping mapping = scheme().map(WEIGHTS, Matrices.crossbars(2, 6, SignScheme.INDEPENDENT));

    assertThat(PlacementCheck.text(mapping).lines())
        .filteredOn(line -> line.startsWith("NEG"))
        .containsExactly("NEGATIVE[2][2]");
    assertThat(mapping.cellBoundArrays()).as("8 positive, 1 negative in 6 cells").isEqualTo(3);
  }

  @Test
  void needsNoGatherWhereNothingIsSkipped() {
    IntegerMatrix weights = Matrices.of(2, 2, 1, 1, 1, 1);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(2, 2, SignScheme.PAIRS));

    assertThat(mapping.inputs()).isEqualTo(InputOrder.NATURAL);
    assertThat(mapping.metadataBits()).isZero();
  }

  /** Two undivided pairs of a mat, of 2 wordlines and a column each. */
  private static CrossbarGeometry twoPairsOnTheSameWordlines() {
    return new CrossbarGeometry(2, 2, 2, SignScheme.PAIRS, 2, 1, 1, 1, 1);
  }

  @Test
  void groupsShareWordlinesWhereThatTakesNoOtherCrossbar() {
    // Columns 0 and 2 can have rows 0 to 3 together; column 1 needs one crossbar and keeps it.
    IntegerMatrix weights = Matrices.of(4, 3, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1);
    LayerMapping mapping = scheme().map(weights, twoPairsOnTheSameWordlines());

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo("PAIR[0, 1][0]\nPAIR[0, 1][2]\nPAIR[2, 3][0]\nPAIR[2, 3][2]\nPAIR[1][1]\n");
    assertThat(mapping.inputs()).isEqualTo(InputOrder.GATHERED);
    assertThat(mapping.metadata().inputIndexBits())
        .as("4 rows that two groups share and one of the other group, 2 bits each")
        .isEqualTo(10);
  }

  @Test
  void groupsThatNeedAllRowsLieRowBlockByRowBlock() {
    IntegerMatrix weights = Matrices.of(4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    LayerMapping mapping = scheme().map(weights, twoPairsOnTheSameWordlines());

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo(
            """
            PAIR[0, 1][0]
            PAIR[0, 1][1]
            PAIR[2, 3][0]
            PAIR[2, 3][1]
            PAIR[0, 1][2]
            PAIR[2, 3][2]
            """);
    assertThat(mapping.inputs()).isEqualTo(InputOrder.NATURAL);
  }
}
