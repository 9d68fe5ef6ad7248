package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.MappingCases;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CrossbarExecutionTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);
  private static final int POSITIONS = 3;

  static Stream<Arguments> schemes() {
    return MappingCases.ofSizes(16, 32, 256);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void recombinedSlicesGiveTheProductExactly(String scheme, SignScheme signs, int size) {
    for (long seed = 1; seed <= 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(300);
      IntegerMatrix weights =
          Matrices.random(random, rows, 1 + random.nextInt(60), random.nextDouble());
      boolean bias = random.nextBoolean();
      QuantizedInput levels = levels(random, rows, bias);
      LayerMapping mapping =
          Mappings.named(scheme).map(weights, Matrices.crossbars(size, size, signs));

      assertThat(new CrossbarExecution(mapping, weights, FORMATS).exact(levels))
          .as("%s, %s, %d, seed %d", scheme, signs, size, seed)
          .isEqualTo(product(weights, levels));
    }
  }

  /** A random input of both signs, so that both passes are needed. */
  private static QuantizedInput levels(SplittableRandom random, int rows, boolean bias) {
    Calibration calibration = new Calibration("l", true, 0.25, 5, List.of(), List.of());
    QuantizedInput levels = new QuantizedInput(calibration, FORMATS, rows, bias);
    float[] input = new float[(rows - (bias ? 1 : 0)) * POSITIONS];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (40 * (random.nextDouble() - 0.5));
    }
    levels.fill(input, POSITIONS);
    return levels;
  }

  /** W^T x as it is written in books. */
  private static long[] product(IntegerMatrix weights, QuantizedInput levels) {
    long[] product = new long[weights.columns() * POSITIONS];
    for (int i = 0; i < product.length; i++) {
      for (int row = 0; row < weights.rows(); row++) {
        int at = row * POSITIONS + i % POSITIONS;
        int negative = levels.anyNegative() ? levels.negative()[at] : 0;
        product[i] += (long) (levels.positive()[at] - negative) * weights.at(row, i / POSITIONS);
      }
    }
    return product;
  }
}
