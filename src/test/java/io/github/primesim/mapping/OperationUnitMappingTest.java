package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OperationUnitMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new OperationUnitMapping();
  }

  @Override
  boolean inRowBlocks() {
    return false;
  }

  @Override
  boolean denseWhenFull() {
    return false;
  }

  private static final MappingOptions ONE = MappingOptions.DEFAULT;

  /** Slices of two rows with 3, 1, 2 and 2 occupied columns. */
  private static final IntegerMatrix WEIGHTS =
      Matrices.of(
          8, 4, //
          1, 0, 0, 2, //
          0, 0, 3, 0, //
          0, 4, 0, 0, //
          0, 5, 0, 0, //
          6, 0, 0, 0, //
          0, 0, 0, 7, //
          0, -8, 0, 0, //
          0, 0, 9, 0);

  @Test
  void stacksTheSlicesOfABlockAndThenWhatIsLeft() {
    LayerMapping mapping =
        new OperationUnitMapping(2, ONE).map(WEIGHTS, Matrices.crossbars(4, 2, SignScheme.PAIRS));

    // One column a crossbar: two segments each. Block 0 has 3 and 1, block 1 has 2 and 2.
    assertThat(PlacementCheck.text(mapping))
        .isEqualTo(
            """
            PAIR[0, 1][2][2, 3][1]
            PAIR[4, 5][3][6, 7][2]
            PAIR[4, 5][0][6, 7][1]
            PAIR[0, 1][3][0, 1][0]
            """);
    assertThat(mapping.inputs()).isEqualTo(InputOrder.NATURAL);
    assertThat(mapping.metadata())
        .as("8 segments of 1 column, 2 bits each; 2 of 4 slices named")
        .isEqualTo(new Metadata(16, 4, 0));
  }

  @Test
  void keepsSlicesWithTheirBlockWhereTheyDoNotFillACrossbar() {
    LayerMapping mapping =
        new OperationUnitMapping(2, ONE).map(WEIGHTS, Matrices.crossbars(3, 4, SignScheme.PAIRS));

    assertThat(PlacementCheck.text(mapping))
        .isEqualTo(
            """
            PAIR[0, 1][2, 3][2][1]
            PAIR[0, 1][0]
            PAIR[3, 4][0, 1][5][3]
            PAIR[6, 7][2, 1]
            """);
  }

  @Test
  void slicesAsHighAsACrossbarAreBlockCompact() {
    for (SignScheme signs : SignScheme.values()) {
      var geometry = Matrices.crossbars(4, 4, signs);
      assertThat(PlacementCheck.text(new OperationUnitMapping(99, ONE).map(WEIGHTS, geometry)))
          .isEqualTo(PlacementCheck.text(new BlockCompactMapping().map(WEIGHTS, geometry)));
    }
  }

  @Test
  void takesTheFewestCrossbarsForItsSegments() {
    long seed = 8;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), 500, 300, 0.05);
    LayerMapping mapping =
        new OperationUnitMapping(8, ONE).map(weights, Matrices.crossbars(64, 64, SignScheme.PAIRS));
    long segments = mapping.crossbars().stream().mapToLong(c -> c.segments().size()).sum();

    assertThat(mapping.crossbars()).as("seed %d", seed).hasSize((int) ((segments + 7) / 8));
    assertThat(mapping.arrays()).isLessThan(mapping.lowerBoundArrays() * 2 / 3);
  }

  @Test
  void aSliceHasARow() {
    assertThatThrownBy(() -> new OperationUnitMapping(0, ONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
