package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every scheme must hold to; each scheme's test inherits it. */
abstract class MappingContract {
  private static final long SEED = 20160618;

  /** The scheme under test. */
  abstract Mapping scheme();

  /** Whether the scheme drops what is zero; only {@code dense} does not. */
  boolean sparse() {
    return true;
  }

  /** Whether fewer weights can never need more crossbars; heuristics need not promise that. */
  boolean monotone() {
    return true;
  }

  /** Whether crossbars lie row block by row block, all with the same rows. */
  boolean inRowBlocks() {
    return true;
  }

  /** Whether a full matrix takes exactly the dense crossbars; stacked slices may take fewer. */
  boolean denseWhenFull() {
    return true;
  }

  /** Matrix and crossbar shapes: single weights, ragged edges, non-square, small and large. */
  static Stream<Case> cases() {
    return Stream.of(
            new int[] {1, 1, 16, 16},
            new int[] {3, 5, 16, 16},
            new int[] {16, 8, 16, 16},
            new int[] {17, 9, 16, 16},
            new int[] {100, 70, 16, 16},
            new int[] {100, 70, 32, 32},
            new int[] {65, 130, 64, 16},
            new int[] {130, 65, 16, 64},
            new int[] {90, 45, 20, 7},
            new int[] {300, 90, 128, 128},
            new int[] {300, 150, 256, 256},
            new int[] {700, 300, 512, 512})
        .flatMap(
            shape ->
                Stream.of(SignScheme.values())
                    .flatMap(
                        signs ->
                            Stream.of(0.0, 0.01, 0.08, 0.5, 1.0)
                                .map(density -> Case.of(shape, signs, density))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void placesEachNonZeroOnceInsideTheCrossbars(Case c) {
    assertThat(PlacementCheck.faults(scheme().map(c.weights(), c.geometry()), c.weights()))
        .as("%s", c)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void executingTheMappingGivesTheProductExactly(Case c) {
    SplittableRandom random = new SplittableRandom(SEED ^ c.hashCode());
    int[] input = random.ints(c.weights().rows(), -63, 64).toArray();

    assertThat(PlacementCheck.execute(scheme().map(c.weights(), c.geometry()), c.weights(), input))
        .as("%s", c)
        .isEqualTo(PlacementCheck.product(c.weights(), input));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reportsWhatItMapped(Case c) {
    LayerMapping mapping = scheme().map(c.weights(), c.geometry());
    long tiles =
        PlacementCheck.ceilDiv(c.weights().rows(), c.geometry().rows())
            * (long)
                PlacementCheck.ceilDiv(c.weights().columns(), c.geometry().weightsPerWordline());

    assertThat(mapping.scheme()).isEqualTo(scheme().name());
    assertThat(mapping.geometry()).isEqualTo(c.geometry());
    assertThat(mapping.rows()).isEqualTo(c.weights().rows());
    assertThat(mapping.columns()).isEqualTo(c.weights().columns());
    assertThat(mapping.nonZeros()).isEqualTo(c.weights().nonZeros());
    assertThat(mapping.denseArrays()).as("%s", c).isEqualTo(2 * tiles);
    assertThat(mapping.lowerBoundArrays())
        .as("bound of occupied columns, %s", c)
        .isEqualTo(PlacementCheck.lowerBoundArrays(c.weights(), c.geometry()))
        .isGreaterThanOrEqualTo(mapping.cellBoundArrays());
    assertThat(mapping.arrays())
        .as("%s", c)
        .isGreaterThanOrEqualTo(mapping.cellBoundArrays())
        .isLessThanOrEqualTo(mapping.denseArrays());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatItsInputsAndOutputsNeed(Case c) {
    LayerMapping mapping = scheme().map(c.weights(), c.geometry());
    Metadata metadata = mapping.metadata();

    assertThat(mapping.metadataBits())
        .isEqualTo(
            metadata.outputIndexBits() + metadata.inputIndexBits() + metadata.tileBitmapBits());
    assertThat(metadata.outputIndexBits() > 0).as("%s", c).isEqualTo(mapping.outputsMoved());
    assertThat(mapping.outputsMoved()).as("%s", c).isEqualTo(PlacementCheck.columnsMoved(mapping));
    assertThat(mapping.outputsMoved() && !scheme().movesOutputs()).as("%s", c).isFalse();
    assertThat(mapping.inputs() != InputOrder.NATURAL && !scheme().movesInputs())
        .as("%s", c)
        .isFalse();
    switch (mapping.inputs()) {
      case NATURAL -> assertThat(PlacementCheck.rowsConsecutive(mapping)).as("%s", c).isTrue();
      case PERMUTED -> {
        assertThat(PlacementCheck.rowsPartitioned(mapping)).as("%s", c).isTrue();
        assertThat(metadata.inputIndexBits()).as("%s", c).isPositive();
      }
      case GATHERED -> assertThat(metadata.inputIndexBits()).as("%s", c).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isProgrammedDenselyWhereItLeavesOutNothing(Case c) {
    LayerMapping mapping = scheme().map(c.weights(), c.geometry());
    LayerMapping dense = new DenseMapping().map(c.weights(), c.geometry());
    boolean same =
        mapping.arrays() == dense.arrays()
            && PlacementCheck.columnsConverted(mapping) >= PlacementCheck.columnsConverted(dense);
    LayerMapping programmed = scheme().mapWhereItPays(c.weights(), c.geometry());

    assertThat(PlacementCheck.text(programmed))
        .as("%s", c)
        .isEqualTo(PlacementCheck.text(same ? dense : mapping));
    assertThat(programmed.metadataBits()).as("%s", c).isEqualTo(same ? 0 : mapping.metadataBits());
  }

  @ParameterizedTest
  @EnumSource
  void threadsDoNotChangeTheMapping(SignScheme signs) {
    CrossbarGeometry geometry = Matrices.crossbars(32, 32, signs);
    IntegerMatrix weights = Matrices.random(new SplittableRandom(SEED), 400, 150, 0.05);
    String alone = PlacementCheck.text(scheme().map(weights, geometry));
    for (int threads : new int[] {2, 5}) {
      Mapping several = Mappings.named(scheme().name(), new MappingOptions(1, threads));
      assertThat(PlacementCheck.text(several.map(weights, geometry)))
          .as("%d threads", threads)
          .isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @EnumSource
  void crossbarsOfARowBlockAreNeighbours(SignScheme signs) {
    if (!inRowBlocks()) {
      return;
    }
    IntegerMatrix weights = Matrices.random(new SplittableRandom(SEED), 150, 150, 0.3);
    List<int[]> rows =
        scheme().map(weights, Matrices.crossbars(32, 32, signs)).crossbars().stream()
            .map(crossbar -> crossbar.segments().get(0).rows())
            .toList();

    long changes = 0;
    for (int i = 1; i < rows.size(); i++) {
      changes += Arrays.equals(rows.get(i - 1), rows.get(i)) ? 0 : 1;
    }
    assertThat(changes).isEqualTo(PlacementCheck.ceilDiv(150, 32) - 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneWeightLessNeverAddsACrossbar(Case c) {
    if (!monotone() || c.weights().nonZeros() == 0 || c.weights().rows() > 150) {
      return;
    }
    SplittableRandom random = new SplittableRandom(SEED ^ c.hashCode());
    IntegerMatrix weights = c.weights();
    long crossbars = scheme().map(weights, c.geometry()).arrays();
    for (int step = 0; step < 20 && weights.nonZeros() > 0; step++) {
      weights = Matrices.without(weights, random.nextLong(weights.nonZeros()));
      long fewer = scheme().map(weights, c.geometry()).arrays();
      assertThat(fewer).as("step %d of %s", step, c).isLessThanOrEqualTo(crossbars);
      crossbars = fewer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAllZeroLayerCostsNothingUnlessDense(SignScheme signs) {
    IntegerMatrix zero = Matrices.random(new SplittableRandom(SEED), 70, 40, 0);
    LayerMapping mapping = scheme().map(zero, Matrices.crossbars(32, 32, signs));

    assertThat(mapping.lowerBoundArrays()).isZero();
    assertThat(mapping.cellBoundArrays()).isZero();
    assertThat(mapping.arrays()).isEqualTo(sparse() ? 0 : 2 * 3 * 3);
  }

  @Test
  void pairsOfAFullMatrixTakeTheDenseCrossbars() {
    for (int size : new int[] {16, 32, 128, 256, 512}) {
      CrossbarGeometry geometry = Matrices.crossbars(size, size, SignScheme.PAIRS);
      IntegerMatrix full = Matrices.random(new SplittableRandom(SEED + size), 300, 200, 1);
      LayerMapping mapping = scheme().map(full, geometry);

      assertThat(mapping.arrays())
          .as("size %d", size)
          .isBetween(denseWhenFull() ? mapping.denseArrays() : 0, mapping.denseArrays());
    }
  }

  @Test
  void theSameMatrixIsMappedTheSameWay() {
    CrossbarGeometry geometry = Matrices.crossbars(32, 32, SignScheme.PAIRS);
    String first = PlacementCheck.text(scheme().map(Case.example(SEED), geometry));

    assertThat(PlacementCheck.text(scheme().map(Case.example(SEED), geometry))).isEqualTo(first);
  }

  /** A random matrix and the crossbars it is mapped to; prints the seed. */
  record Case(long seed, double density, CrossbarGeometry geometry, IntegerMatrix weights) {
    static Case of(int[] shape, SignScheme signs, double density) {
      long seed = SEED + 31L * shape[0] + 7L * shape[2] + (long) (1000 * density);
      SplittableRandom random = new SplittableRandom(seed);
      CrossbarGeometry geometry = Matrices.crossbars(shape[2], shape[3], signs);
      IntegerMatrix weights =
          random.nextBoolean() && density < 1
              ? Matrices.gappy(random, shape[0], shape[1], density)
              : Matrices.random(random, shape[0], shape[1], density);
      return new Case(seed, density, geometry, weights);
    }

    static IntegerMatrix example(long seed) {
      return Matrices.random(new SplittableRandom(seed), 100, 100, 0.1);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(seed);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Case c && c.seed == seed && c.geometry.equals(geometry);
    }

    @Override
    public String toString() {
      return weights
          + " at density "
          + density
          + ", seed "
          + seed
          + ", crossbars "
          + geometry.rows()
          + "x"
          + geometry.bitlines()
          + " "
          + geometry.signs();
    }
  }
}
