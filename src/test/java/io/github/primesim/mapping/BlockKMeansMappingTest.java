package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockKMeansMappingTest extends MappingContract {
  @Override
  Mapping scheme() {
    return new BlockKMeansMapping();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void needsNoMoreThanTheBound(Case c) {
    LayerMapping mapping = scheme().map(c.weights(), c.geometry());

    assertThat(mapping.arrays()).as("%s", c).isEqualTo(mapping.lowerBoundArrays());
  }

  @Test
  void putsColumnsWithTheSameZerosTogether() {
    IntegerMatrix weights =
        Matrices.of(
            4, 8, //
            1, 0, 2, 0, 0, 1, 9, 0, //
            3, 0, 4, 0, 0, 2, 9, 0, //
            0, 5, 0, 6, 1, 0, 0, 0, //
            0, 7, 0, 8, 2, 0, 0, 0);
    LayerMapping mapping = scheme().map(weights, Matrices.crossbars(4, 6, SignScheme.PAIRS));

    // Which of the four columns of the first kind is left over depends on no seed: the last one.
    assertThat(PlacementCheck.text(mapping).lines())
        .containsExactlyInAnyOrder(
            "PAIR[0, 1, 2, 3][0, 2, 5]", "PAIR[0, 1, 2, 3][1, 3, 4]", "PAIR[0, 1, 2, 3][6]");
    assertThat(mapping.outputsMoved()).isTrue();
    assertThat(mapping.metadata()).isEqualTo(new Metadata(3 * 3 * 3, 0, 0));
  }

  @Test
  void anotherSeedPacksAnotherWayIntoAsManyCrossbars() {
    long seed = 5;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), 200, 300, 0.03);
    var geometry = Matrices.crossbars(32, 32, SignScheme.PAIRS);
    LayerMapping one = new BlockKMeansMapping(new MappingOptions(1, 1)).map(weights, geometry);
    LayerMapping two = new BlockKMeansMapping(new MappingOptions(2, 1)).map(weights, geometry);

    assertThat(PlacementCheck.text(two)).isNotEqualTo(PlacementCheck.text(one));
    assertThat(two.arrays()).isEqualTo(one.arrays());
  }

  @Test
  void fillsCrossbarsMoreUnevenlyThanPackingByWeight() {
    // Columns of few kinds in each block: kinds together use few rows of a crossbar.
    long seed = 11;
    IntegerMatrix weights = Matrices.kinds(new SplittableRandom(seed), 64, 600, 12, 3);
    var geometry = Matrices.crossbars(64, 64, SignScheme.PAIRS);

    assertThat(usedRows(scheme().map(weights, geometry), weights))
        .as("seed %d", seed)
        .isLessThan(usedRows(new BlockCompactMapping().map(weights, geometry), weights) * 2 / 3);
  }

  /** Wordlines that meet a non-zero, summed over crossbars. */
  private static long usedRows(LayerMapping mapping, IntegerMatrix weights) {
    long used = 0;
    for (Crossbar crossbar : mapping.crossbars()) {
      for (int row : crossbar.segments().get(0).rows()) {
        for (int column : crossbar.segments().get(0).columns()) {
          if (weights.at(row, column) != 0) {
            used++;
            break;
          }
        }
      }
    }
    return used;
  }
}
