package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.MappingOptions;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.mapping.OperationUnitMapping;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wires between the cells of mapped matrices. */
class ChipWiresTest {
  private static final Formats FORMATS = new Formats(3, 3, 8, 4, 6);
  private static final double STEP = (1 / 1000.0 - 1 / 20_000.0) / 15;
  private static final double OFF = 1 / 20_000.0 / STEP;

  private static CellModel cells(double wireOhm, CrossbarGeometry geometry) {
    return new Chip(
            new CellVariation(0, 0, 0, 0), new ArrayResistances(1000, 20_000, wireOhm, false), 1, 1)
        .cells("l", 0, FORMATS, geometry);
  }

  /** What each column gives, by weight slice, in levels, with all inputs at 1. */
  private static double[][] sums(
      Mapping mapping, IntegerMatrix weights, double wireOhm, SignScheme signs) {
    CrossbarGeometry geometry = Matrices.crossbars(32, 32, signs);
    LayerMapping mapped = mapping.map(weights, geometry);
    CellModel cells = cells(wireOhm, geometry);
    Calibration format = new Calibration("l", false, 1, 1, List.of(), List.of());
    QuantizedInput levels = new QuantizedInput(format, FORMATS, weights.rows(), false);
    float[] ones = new float[weights.rows()];
    java.util.Arrays.fill(ones, 1);
    levels.fill(ones, 1);
    PartSums parts = new PartSums(2, weights.columns(), cells);
    new CrossbarExecution(mapped, weights, FORMATS, cells).run(levels, List.of(parts));
    return parts.sums;
  }

  /** A cell in series with its wires, less one at level 0 in its place. */
  private static double behind(int level, double wireOhm, int pieces) {
    double wires = wireOhm * STEP * pieces;
    double cell = level + OFF;
    return cell / (1 + cell * wires) - OFF / (1 + OFF * wires);
  }

  static Stream<SignScheme> signs() {
    return Stream.of(SignScheme.values());
  }

  @ParameterizedTest
  @MethodSource("signs")
  void aWeightIsBehindTheWiresOfItsPlace(SignScheme signs) {
    IntegerMatrix weights = Matrices.of(1, 3, 0x9C, -0x35, 0x0F);

    double[][] sums = sums(Mappings.named("dense"), weights, 2, signs);

    for (int column = 0; column < 3; column++) {
      int weight = weights.at(0, column);
      for (int slice = 0; slice < 2; slice++) {
        int pieces = 2 * column + slice + 1 + 1;
        double expected =
            Integer.signum(weight) * behind(FORMATS.cell(Math.abs(weight), slice), 2, pieces);
        assertThat(sums[slice][column])
            .as("column %d, slice %d", column, slice)
            .isCloseTo(expected, within(0.002));
      }
    }
  }

  /** Segments of a crossbar stand on wordlines one behind the other, and are driven in turns. */
  @ParameterizedTest
  @MethodSource("signs")
  void aSegmentIsBehindThoseItIsStackedOn(SignScheme signs) {
    IntegerMatrix weights = Matrices.of(4, 1, 0x90, 0x50, 0x30, 0x10);

    double[][] sums = sums(new OperationUnitMapping(1, MappingOptions.DEFAULT), weights, 40, signs);

    double expected = 0;
    for (int row = 0; row < 4; row++) {
      expected += behind(weights.at(row, 0) >> 4, 40, 1 + row + 1);
    }
    assertThat(sums[0][0]).isCloseTo(expected, within(0.004));
    assertThat(sums[0][0]).isLessThan(9 + 5 + 3 + 1 - 0.5);
  }

  @Test
  void wiresWithoutResistanceLoseNothing() {
    IntegerMatrix weights = Matrices.of(2, 2, 0x90, -0x57, 0x30, 0x1F);

    assertThat(sums(Mappings.named("dense"), weights, 0, SignScheme.PAIRS))
        .isDeepEqualTo(new double[][] {{9 + 3, -5 + 1}, {0, -7 + 15}});
  }
}
