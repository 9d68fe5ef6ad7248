package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.Activation;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Columns are programmed larger by what conversions take from their outputs. */
class GainCalibratorTest {
  /** Low crossbars: 25 row blocks, so that many small sums are rounded off. */
  private static final int ROWS = 16;

  private static final HardwareSpec SPEC =
      HardwareFiles.load(
              Path.of(""),
              "prime-45nm",
              List.of("organization.crossbarRows=16", "organization.crossbarBitlines=16"))
          .spec();

  /** Two groups, a layer behind a ReLU, and one of signed outputs. */
  private static final Network NETWORK =
      new Network(
          "n",
          Origin.TRAINED,
          "",
          new Shape(4, 10, 10),
          false,
          List.of(
              new Convolution(
                  "conv", List.of(Network.INPUT), 16, 3, 3, 1, 1, 1, 1, 2, true, Activation.RELU),
              new Pooling("pool", List.of("conv"), Pooling.Kind.MAX, 2, 2, 2, 2, 0, 0),
              new FullyConnected("fc", List.of("pool"), 5, true, Activation.NONE)));

  private static final List<float[]> IMAGES =
      LongStream.range(0, 60).mapToObj(GainCalibratorTest::image).toList();

  @Test
  void weightsThatOverflowAreRefused() {
    Network two =
        new Network(
            "two",
            Origin.TRAINED,
            "",
            new Shape(1, 1, 2),
            false,
            List.of(
                new FullyConnected("fc1", List.of(Network.INPUT), 1, false, Activation.NONE),
                new FullyConnected("fc2", List.of("fc1"), 1, false, Activation.NONE)));
    List<float[]> ones = List.of(new float[] {1, 1});

    assertThatThrownBy(() -> calibrated(two, 3e38, 1, ones))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("network 'two': the outputs reach Infinity on the calibration");
    assertThatThrownBy(() -> calibrated(two, 1, 1.7e38, ones))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("network 'two': the outputs of layer 'fc2' are beyond what a");
    assertThat(calibrated(two, 1e3, 1e3, ones).layers()).hasSize(2);
  }

  private static NetworkCalibration calibrated(
      Network network, double first, double second, List<float[]> images) {
    GivenWeights weights =
        new GivenWeights().with("fc1", 0, 2, 1, first, first).with("fc2", 0, 1, 1, second);
    return new Calibrator(network, weights, SPEC).calibrate(images);
  }

  @Test
  void outputsAreAsLargeAsInFloatingPoint() {
    for (long seed = 1; seed <= 3; seed++) {
      GivenWeights weights = weights(seed);
      for (SignScheme signs : SignScheme.values()) {
        NetworkCalibration calibration =
            new Calibrator(NETWORK, weights, SPEC).calibrate(IMAGES, List.of(signs), List.of(ROWS));
        double[] as = shares(weights, calibration, signs);
        double[] without = shares(weights, withoutGains(calibration), signs);
        assertThat(Math.abs(1 - mean(as)))
            .as("%s, seed %d, %f without gains", signs, seed, mean(without))
            .isLessThan(Math.min(0.05, 1 - mean(without)));
        if (signs == SignScheme.PAIRS) {
          assertThat(mean(without)).as("seed %d, without gains", seed).isLessThan(0.97);
          for (int column = 0; column < as.length; column++) {
            assertThat(as[column]).as("column %d, seed %d", column, seed).isBetween(0.85, 1.15);
          }
        }
      }
    }
  }

  @Test
  void everyColumnOfEveryGroupHasAGainOfItsOwn() {
    NetworkCalibration calibration =
        new Calibrator(NETWORK, weights(1), SPEC)
            .calibrate(IMAGES, List.of(SignScheme.PAIRS), List.of(ROWS, 256));
    ColumnGains low = calibration.layer("conv").gains(SignScheme.PAIRS, ROWS);
    assertThat(low.columns()).isEqualTo(16);
    assertThat(calibration.layer("fc").gains(SignScheme.PAIRS, ROWS).columns()).isEqualTo(5);
    assertThat(List.of(low.toString().split(" ")).stream().distinct().count()).isGreaterThan(3);
    assertThat(low).isNotEqualTo(calibration.layer("conv").gains(SignScheme.PAIRS, 256));
    assertThat(calibration.layer("conv").gains(SignScheme.INDEPENDENT, ROWS))
        .as("not measured")
        .isEqualTo(ColumnGains.NONE);
  }

  /** Of each output: sum f p / sum f^2 over all images, f in floating point, p on crossbars. */
  private static double[] shares(
      GivenWeights weights, NetworkCalibration calibration, SignScheme signs) {
    List<float[]> exact = new FloatInference(NETWORK, weights).run(IMAGES);
    List<float[]> found =
        new PrimeInference(
                NETWORK,
                weights,
                calibration,
                Mappings.named("block-compact"),
                Matrices.crossbars(ROWS, 16, signs),
                ConversionBits.of(SPEC, ROWS))
            .run(IMAGES);
    double[] shares = new double[exact.get(0).length];
    for (int column = 0; column < shares.length; column++) {
      double squares = 0;
      double products = 0;
      for (int i = 0; i < exact.size(); i++) {
        double f = exact.get(i)[column];
        squares += f * f;
        products += f * found.get(i)[column];
      }
      shares[column] = products / squares;
    }
    return shares;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  private static NetworkCalibration withoutGains(NetworkCalibration calibration) {
    return new NetworkCalibration(
        calibration.network(),
        calibration.basis(),
        calibration.images(),
        calibration.formats(),
        calibration.layers().stream()
            .map(
                layer ->
                    layer.with(
                        layer.windows().stream()
                            .map(
                                window ->
                                    new SenseAmplifierWindow(
                                        window.signs(), window.rows(), window.lsb()))
                            .toList()))
            .toList());
  }

  /** Most weights are small, as trained ones are. */
  private static GivenWeights weights(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new GivenWeights()
        .with("conv", 0, 19, 8, normal(random, 19 * 8))
        .with("conv", 1, 19, 8, normal(random, 19 * 8))
        .with("fc", 0, 401, 5, normal(random, 401 * 5));
  }

  private static double[] normal(SplittableRandom random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian() / 10;
    }
    return values;
  }

  private static float[] image(long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    float[] image = new float[400];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }
}
