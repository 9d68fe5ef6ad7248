package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows are those of the whole image. */
class CalibratorTest {
  private static final HardwareSpec SPEC =
      HardwareFiles.load(Path.of(""), "prime-45nm", List.of()).spec();

  private static final int CHANNELS = 4;
  private static final int EXTENT = 32;

  /** With a kernel of 1 a position reads one pixel of each channel. */
  private static final Network NETWORK =
      new Network(
          "n",
          Origin.TRAINED,
          "",
          new Shape(CHANNELS, EXTENT, EXTENT),
          false,
          List.of(
              new Convolution(
                  "conv", List.of(Network.INPUT), 3, 1, 1, 1, 1, 0, 0, 1, false, Activation.RELU)));

  @Test
  void aWindowFitsAllPositionsOfAnImageAndNotThoseAtEqualSteps() {
    for (SignScheme signs : SignScheme.values()) {
      // 8,192 vectors, of which every 16th is of column 0 or 16.
      double blankAtEveryStep = lsb(signs, 0);
      assertThat(blankAtEveryStep)
          .as("%s: the same columns are blank, but for one to the right", signs)
          .isEqualTo(lsb(signs, 1))
          .as("%s: the sums reach 1", signs)
          .isGreaterThan(1.0 / 128);
    }
  }

  /** The window where columns {@code blank} and {@code blank} + 16 of all images are 0. */
  private static double lsb(SignScheme signs, int blank) {
    List<float[]> images = LongStream.range(0, 8).mapToObj(seed -> image(seed, blank)).toList();
    GivenWeights weights =
        new GivenWeights()
            .with("conv", 0, CHANNELS, 3, 1, -1, 1, -1, 1, 1, 1, 1, -1, -1, 1, 1); // row by row
    return new Calibrator(NETWORK, weights, SPEC)
        .calibrate(images, List.of(signs), List.of(256))
        .layer("conv")
        .window(signs, 256)
        .orElseThrow()
        .lsb();
  }

  private static float[] image(long seed, int blank) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[CHANNELS * EXTENT * EXTENT];
    for (int i = 0; i < image.length; i++) {
      float pixel = random.nextFloat();
      image[i] = i % 16 == blank ? 0 : pixel;
    }
    return image;
  }
}
