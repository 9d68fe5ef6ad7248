package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The three arithmetics agree where they should: on the same network, within what each loses. */
class InferenceAgreementTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);

  /** Conversions that lose nothing, with one product as the least significant bit. */
  private static final ConversionBits LOSSLESS =
      new ConversionBits(List.of(List.of(30, 30), List.of(30, 30)));

  @Test
  void withoutLossInTheConversionsPrimeIsExact() {
    for (long seed = 1; seed <= 5; seed++) {
      GivenWeights weights = weights(seed);
      for (SignScheme signs : SignScheme.values()) {
        NetworkCalibration calibration = calibration(weights, signs);
        Inference exact = new IntegerInference(network(), weights, calibration);
        for (String mapping : Mappings.names()) {
          Inference prime =
              new PrimeInference(
                  network(),
                  weights,
                  calibration,
                  Mappings.named(mapping),
                  Matrices.crossbars(16, 16, signs),
                  LOSSLESS);
          float[] image = image(seed);
          assertThat(prime.run(image))
              .as("%s, %s, seed %d", mapping, signs, seed)
              .isEqualTo(exact.run(image));
        }
      }
    }
  }

  @Test
  void exactIntegersAreCloseToFloatingPoint() {
    for (long seed = 1; seed <= 5; seed++) {
      GivenWeights weights = weights(seed);
      float[] expected = new FloatInference(network(), weights).run(image(seed));
      float[] found =
          new IntegerInference(network(), weights, calibration(weights, SignScheme.PAIRS))
              .run(image(seed));
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i])
            .as("output %d, seed %d", i, seed)
            .isCloseTo(expected[i], org.assertj.core.api.Assertions.within(0.1f));
      }
    }
  }

  /** More images than positions of the convolution are laid side by side for. */
  @Test
  void imagesSideBySideGiveWhatEachGivesAlone() {
    long seed = 3;
    GivenWeights weights = weights(seed);
    NetworkCalibration calibration = calibration(weights, SignScheme.PAIRS);
    List<Inference> arithmetics =
        List.of(
            new FloatInference(network(), weights),
            new IntegerInference(network(), weights, calibration),
            new PrimeInference(
                network(),
                weights,
                calibration,
                Mappings.named("block-compact"),
                Matrices.crossbars(16, 16, SignScheme.PAIRS),
                new ConversionBits(List.of(List.of(6, 3), List.of(2, 0)))));
    List<float[]> images = LongStream.range(0, 20).mapToObj(InferenceAgreementTest::image).toList();
    for (Inference arithmetic : arithmetics) {
      List<float[]> together = arithmetic.run(images);
      assertThat(together).hasSize(images.size());
      for (int i = 0; i < images.size(); i++) {
        assertThat(together.get(i))
            .as("%s, image %d", arithmetic.getClass().getSimpleName(), i)
            .isEqualTo(arithmetic.run(images.get(i)));
      }
    }
  }

  /** Signed inputs, padding, a bias, a group per channel, pooling, and a signed layer between. */
  private static Network network() {
    return new Network(
        "n",
        Origin.TRAINED,
        "",
        new Shape(2, 6, 6),
        true,
        List.of(
            new Convolution(
                "conv", List.of(Network.INPUT), 6, 3, 3, 1, 1, 1, 1, 2, true, Activation.TANH),
            new Pooling("pool", List.of("conv"), Pooling.Kind.MAX, 2, 2, 2, 2, 0, 0),
            new FullyConnected("fc", List.of("pool"), 5, true, Activation.NONE)));
  }

  private static GivenWeights weights(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new GivenWeights()
        .random(random, "conv", 0, 10, 3, 0.5)
        .random(random, "conv", 1, 10, 3, 0.5)
        .random(random, "fc", 0, 55, 5, 0.2);
  }

  /** Levels of 1/32 from -2 to 2; windows at one product of level and weight. */
  private static NetworkCalibration calibration(GivenWeights weights, SignScheme signs) {
    return new NetworkCalibration(
        "n",
        NetworkCalibration.Basis.MEASURED,
        1,
        FORMATS,
        network().weightedLayers().stream()
            .map(
                layer ->
                    new Calibration(
                        layer.name(),
                        true,
                        1.0 / 32,
                        32,
                        List.of(),
                        List.of(
                            new SenseAmplifierWindow(
                                signs, 16, weights.quantized(layer, 0, 8, 1).scale() / 32))))
            .toList());
  }

  private static float[] image(long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    float[] image = new float[72];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (2 * random.nextDouble() - 1);
    }
    return image;
  }
}
