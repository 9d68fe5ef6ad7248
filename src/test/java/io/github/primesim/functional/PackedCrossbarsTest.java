package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.MappingCases;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Words and counts of ones give what cell by cell additions give. */
class PackedCrossbarsTest {
  /** PRIME's formats, and some in which slices are not all of the same width. */
  private static final List<Formats> FORMATS =
      List.of(new Formats(6, 3, 8, 4, 6), new Formats(7, 4, 8, 3, 6), new Formats(5, 1, 8, 2, 6));

  static Stream<Arguments> schemes() {
    return MappingCases.ofSizes(16, 32, 100);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void givesWhatTheCellsGive(String scheme, SignScheme signs, int size) {
    for (long seed = 1; seed <= 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Formats formats = FORMATS.get((int) (seed % FORMATS.size()));
      IntegerMatrix weights =
          Matrices.random(
              random, 1 + random.nextInt(300), 1 + random.nextInt(40), random.nextDouble());
      QuantizedInput levels = levels(random, formats, weights.rows(), 1 + random.nextInt(5));
      LayerMapping mapping =
          Mappings.named(scheme)
              .map(
                  weights,
                  new io.github.primesim.hardware.CrossbarGeometry(
                      size, size, formats.weightSlices(), signs, 1, 1, 1, 1, 1));
      CrossbarExecution reference = new CrossbarExecution(mapping, weights, formats);
      PackedCrossbars packed = new PackedCrossbars(mapping, weights, formats);
      String which = String.format("%s, %s, %d, seed %d", scheme, signs, size, seed);

      assertThat(packed.run(levels, new ExactConversion(formats)))
          .as(which)
          .isEqualTo(reference.exact(levels));
      PrimeArithmetic prime = new PrimeArithmetic(formats, bits(formats), random.nextInt(12));
      assertThat(packed.run(levels, prime))
          .as(which)
          .isEqualTo(reference.run(levels, List.of(prime)).get(0));
    }
  }

  @Test
  void manyVectorsAreHandledInBlocks() {
    SplittableRandom random = new SplittableRandom(3);
    Formats formats = FORMATS.get(0);
    IntegerMatrix weights = Matrices.random(random, 40, 5, 0.5);
    LayerMapping mapping =
        Mappings.named("dense").map(weights, Matrices.crossbars(32, 32, SignScheme.PAIRS));
    QuantizedInput levels = levels(random, formats, 40, 2500);

    assertThat(
            new PackedCrossbars(mapping, weights, formats)
                .run(levels, new ExactConversion(formats)))
        .isEqualTo(new CrossbarExecution(mapping, weights, formats).exact(levels));
  }

  @Test
  void codesAreCounted() {
    Formats formats = FORMATS.get(0);
    PrimeArithmetic prime = new PrimeArithmetic(formats, bits(formats), 7);
    CodeStatistics statistics = new CodeStatistics();
    long[] output = new long[5];

    prime.counting(statistics).convert(0, 0, new int[] {0, 1, -1, 63, -1000}, 1, output, 0);

    assertThat(output).containsExactly(0, 1, -1, 63, -63);
    assertThat(statistics.nonZero()).isEqualTo(4);
    assertThat(statistics.largest()).isEqualTo(2);
  }

  /** 6 bits of the first part, one less of each that follows, none of the last. */
  private static ConversionBits bits(Formats formats) {
    List<List<Integer>> parts = new java.util.ArrayList<>();
    for (int i = 0; i < formats.inputSlices(); i++) {
      List<Integer> slice = new java.util.ArrayList<>();
      for (int w = 0; w < formats.weightSlices(); w++) {
        slice.add(Math.max(0, i == 0 && w == 0 ? 6 : 4 - i - w));
      }
      parts.add(slice);
    }
    return new ConversionBits(parts);
  }

  /** A random input of both signs, so that both passes are needed. */
  private static QuantizedInput levels(
      SplittableRandom random, Formats formats, int rows, int positions) {
    Calibration calibration = new Calibration("l", true, 0.25, 5, List.of(), List.of());
    QuantizedInput levels = new QuantizedInput(calibration, formats, rows, true);
    float[] input = new float[(rows - 1) * positions];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (80 * (random.nextDouble() - 0.5));
    }
    levels.fill(input, positions);
    return levels;
  }
}
