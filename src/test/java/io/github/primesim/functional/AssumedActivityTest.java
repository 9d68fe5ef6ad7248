package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssumedActivityTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);
  private static final Network NETWORK =
      new Network(
          "n",
          Origin.SYNTHETIC,
          "",
          Shape.vector(4),
          true,
          List.of(
              new FullyConnected("first", List.of(Network.INPUT), 3, true, Activation.RELU),
              new FullyConnected("second", List.of("first"), 2, false, Activation.NONE)));

  @Test
  void levelsAreSharedAsTheNormalDistributionHasThem() {
    double[] unsigned = AssumedActivity.levelShares(63, false);
    double[] signed = AssumedActivity.levelShares(63, true);

    assertThat(Arrays.stream(unsigned).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(signed).sum()).isCloseTo(1, within(1e-12));
    assertThat(unsigned[0]).as("half is cut off, and what rounds to 0").isBetween(0.5, 0.51);
    assertThat(signed[0]).isBetween(0.0, 0.02);
    assertThat(signed[20]).isCloseTo(2 * unsigned[20], within(1e-12));
    double meanSquare = 0;
    for (int level = 0; level < 64; level++) {
      meanSquare += signed[level] * level * level;
    }
    assertThat(meanSquare / (21 * 21)).as("variance 1 less what saturates").isBetween(0.98, 1.01);
  }

  @Test
  void aDrawOfManyInputsAgrees() {
    long seed = 11;
    java.util.Random random = new java.util.Random(seed);
    SliceStatistics high = new SliceStatistics();
    SliceStatistics low = new SliceStatistics();
    for (int i = 0; i < 200_000; i++) {
      int level = (int) Math.min(63, Math.max(0, random.nextGaussian()) * 21 + 0.5);
      high.add(level / 8, 1);
      low.add(level % 8, 1);
    }
    List<SliceActivity> assumed = AssumedActivity.of(NETWORK, FORMATS).layer("second").slices();

    assertClose(assumed.get(0), high.activity(), seed);
    assertClose(assumed.get(1), low.activity(), seed);
  }

  private static void assertClose(SliceActivity assumed, SliceActivity drawn, long seed) {
    assertThat(assumed.meanLevel()).as("seed %d", seed).isCloseTo(drawn.meanLevel(), within(0.02));
    assertThat(assumed.meanSquare()).as("seed %d", seed).isCloseTo(drawn.meanSquare(), within(0.1));
    assertThat(assumed.nonZeroShare())
        .as("seed %d", seed)
        .isCloseTo(drawn.nonZeroShare(), within(0.01));
  }

  @Test
  void saysThatItIsAssumedAndCoversEveryLayer() {
    NetworkCalibration calibration = AssumedActivity.of(NETWORK, FORMATS);

    assertThat(calibration.basis()).isEqualTo(NetworkCalibration.Basis.ASSUMED);
    assertThat(calibration.layers())
        .extracting(Calibration::name)
        .containsExactly("first", "second");
    assertThat(calibration.layers())
        .extracting(Calibration::signedInput)
        .containsExactly(true, false);
    assertThat(calibration.layers()).extracting(Calibration::biasLevel).containsExactly(63, 0);
  }

  @Test
  void theAssumedWindowHoldsTheSumsItIsFor() {
    Calibration calibration = AssumedActivity.of(NETWORK, FORMATS).layer("second");
    double lsb =
        AssumedActivity.lsb(
            calibration,
            Matrices.random(new SplittableRandom(3), 256, 64, 1),
            FORMATS,
            Matrices.crossbars(256, 256, SignScheme.PAIRS));

    // Levels of 15 and weights of 147 root mean square: sums of 16 x 15 x 147, three times that
    // over 63 codes and up to the next power of two; a product is worth 2^-6 x 2^-8.
    assertThat(lsb * (1 << 14)).isEqualTo(2048);
  }
}
