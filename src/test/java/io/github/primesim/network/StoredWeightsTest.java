package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredWeightsTest {
  private static final Layer CONVOLUTION =
      new Convolution("c", List.of("input"), 4, 2, 3, 1, 1, 0, 0, 2, true, Activation.RELU);
  private static final Layer CONNECTED =
      new FullyConnected("f", List.of("c"), 35, false, Activation.NONE);
  private static final Network NETWORK =
      new Network(
          "n", Origin.IMPORTED, "", new Shape(4, 2, 3), false, List.of(CONVOLUTION, CONNECTED));
  private static final StoredWeights.Form BIASED =
      new StoredWeights.Form(true, OptionalDouble.empty());
  private static final StoredWeights.Form PLAIN =
      new StoredWeights.Form(false, OptionalDouble.empty());
  private static final StoredWeights.Form NORMALISED =
      new StoredWeights.Form(false, OptionalDouble.of(0.25));

  private Path path;

  @BeforeEach
  void file(@TempDir Path folder) {
    path = folder.resolve("weights.npz");
  }

  private static float[] counting(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i;
    }
    return values;
  }

  private static NpzBytes sound() {
    return new NpzBytes()
        .floats("c.weight", new int[] {4, 2, 2, 3}, counting(48))
        .floats("c.bias", new int[] {4}, 100, 200, 300, 400)
        .floats("f.weight", new int[] {35, 4}, counting(140));
  }

  private StoredWeights open(NpzBytes content, StoredWeights.Form convolution) {
    return new StoredWeights(
        NETWORK, NpzFile.open(content.write(path)), Map.of("c", convolution, "f", PLAIN));
  }

  private void refused(NpzBytes content, String message) {
    assertThatThrownBy(
            () -> {
              StoredWeights weights = open(content, BIASED);
              weights.matrix(CONVOLUTION, 0);
              weights.matrix(CONVOLUTION, 1);
              weights.matrix(CONNECTED, 0);
            })
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": " + message);
  }

  @Test
  void aGroupIsTransposedAndItsBiasIsTheLastRow() {
    StoredWeights weights = open(sound(), BIASED);
    for (int group = 0; group < 2; group++) {
      WeightMatrix matrix = weights.matrix(CONVOLUTION, group);
      assertThat(matrix.rows()).isEqualTo(13);
      assertThat(matrix.columns()).isEqualTo(2);
      for (int column = 0; column < 2; column++) {
        int output = 2 * group + column;
        for (int row = 0; row < 12; row++) {
          assertThat(matrix.at(row, column)).isEqualTo(output * 12 + row);
        }
        assertThat(matrix.at(12, column)).isEqualTo(100 * (output + 1));
      }
    }
  }

  @Test
  void aFullyConnectedLayerIsTransposed() {
    WeightMatrix matrix = open(sound(), BIASED).matrix(CONNECTED, 0);
    assertThat(matrix.rows()).isEqualTo(4);
    assertThat(matrix.columns()).isEqualTo(35);
    for (int column = 0; column < 35; column++) {
      for (int row = 0; row < 4; row++) {
        assertThat(matrix.at(row, column)).isEqualTo(column * 4 + row);
      }
    }
  }

  @Test
  void eightBitWeightsAreMultipliedByTheirScale() {
    byte[] integers = new byte[48];
    integers[0] = -100;
    integers[47] = 50;
    NpzBytes one =
        sound()
            .bytes("c.weight", "|i1", new int[] {4, 2, 2, 3}, integers)
            .floats("c.scale", new int[] {}, 0.5f);
    assertThat(open(one, BIASED).matrix(CONVOLUTION, 0).at(0, 0)).isEqualTo(-50);
    assertThat(open(one, BIASED).matrix(CONVOLUTION, 0).at(12, 0)).isEqualTo(100);
    NpzBytes perOutput = one.floats("c.scale", new int[] {4}, 1, 2, 3, 4);
    assertThat(open(perOutput, BIASED).matrix(CONVOLUTION, 1).at(11, 1)).isEqualTo(200);
    refused(
        one.floats("c.scale", new int[] {2}, 1, 2),
        "array 'c.scale' has the shape [2], layer 'c' needs [] or [4]");
    refused(
        one.without("c.scale"), "array 'c.scale' is missing, found: c.weight, c.bias, f.weight");
  }

  @Test
  void batchNormalisationIsFolded() {
    NpzBytes content =
        sound()
            .without("c.bias")
            .floats("c.bn.gamma", new int[] {4}, 2, 2, 2, 3)
            .floats("c.bn.beta", new int[] {4}, 10, 10, 10, 5)
            .floats("c.bn.mean", new int[] {4}, 1, 1, 1, 4)
            .floats("c.bn.variance", new int[] {4}, 0, 0, 0, 2);
    WeightMatrix first = open(content, NORMALISED).matrix(CONVOLUTION, 0);
    // gamma / sqrt(0 + 0.25) = 4
    assertThat(first.at(3, 0)).isEqualTo(12);
    assertThat(first.at(12, 0)).isEqualTo(10 - 4);
    WeightMatrix second = open(content, NORMALISED).matrix(CONVOLUTION, 1);
    // gamma / sqrt(2 + 0.25) = 2
    assertThat(second.at(11, 1)).isEqualTo(94);
    assertThat(second.at(12, 1)).isEqualTo(5 - 8);
    StoredWeights.Form both = new StoredWeights.Form(true, OptionalDouble.of(0.25));
    NpzBytes biased = content.floats("c.bias", new int[] {4}, 7, 7, 7, 7);
    assertThat(open(biased, both).matrix(CONVOLUTION, 0).at(12, 0)).isEqualTo((7 - 1) * 4 + 10);
    NpzBytes negative = biased.floats("c.bn.variance", new int[] {4}, 0, -1, 0, 2);
    assertThatThrownBy(() -> open(negative, both).matrix(CONVOLUTION, 0))
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": array 'c.bn.variance' element [1] is -1.0, allowed: 0 and above");
  }

  @Test
  void arraysThatDoNotFitTheNetworkAreRefused() {
    refused(
        sound().floats("c.weight", new int[] {4, 4, 2, 3}, counting(96)),
        "array 'c.weight' has the shape [4, 4, 2, 3], layer 'c' needs [4, 2, 2, 3]");
    refused(
        sound().floats("f.weight", new int[] {4, 35}, counting(140)),
        "array 'f.weight' has the shape [4, 35], layer 'f' needs [35, 4]");
    refused(
        sound().floats("c.bias", new int[] {1, 4}, counting(4)),
        "array 'c.bias' has the shape [1, 4], layer 'c' needs [4]");
    refused(sound().without("c.bias"), "array 'c.bias' is missing, found: c.weight, f.weight");
    refused(
        sound().floats("f.bias", new int[] {35}, counting(35)),
        "unexpected array 'f.bias', allowed: c.weight, c.bias, f.weight");
    refused(
        sound().longs("f.weight", new int[] {35, 4}, new long[140]),
        "array 'f.weight' is of type i8, allowed: float16, float32, float64, int8");
  }

  @Test
  void weightsThatAreNotFiniteAreRefusedByLayerAndIndex() {
    float[] weights = counting(48);
    weights[24 + 6 + 5] = Float.NaN;
    refused(
        sound().floats("c.weight", new int[] {4, 2, 2, 3}, weights),
        "array 'c.weight' element [2, 1, 1, 2] is NaN, allowed: finite numbers");
    float[] connected = counting(140);
    connected[139] = Float.NEGATIVE_INFINITY;
    refused(
        sound().floats("f.weight", new int[] {35, 4}, connected),
        "array 'f.weight' element [34, 3] is -Infinity, allowed: finite numbers");
    refused(
        sound().doubles("c.bias", new int[] {4}, 1, 1e300, 1, 1),
        "array 'c.bias' element [1] is Infinity, allowed: finite numbers");
  }

  @Test
  void theDefaultQuantisationKnowsTheBias() {
    IntegerMatrix matrix = open(sound(), BIASED).quantized(CONVOLUTION, 0, 8, 100);
    // The largest weight is 23: 23 / 255 needs a step of 2^-3.
    assertThat(matrix.scale()).isEqualTo(0.125);
    assertThat(matrix.at(11, 1)).isEqualTo(184);
    assertThat(matrix.at(12, 0) * matrix.scale()).isCloseTo(1.0, within(1e-12));
    assertThat(matrix.at(12, 1) * matrix.scale()).isCloseTo(2.0, within(1e-12));
  }
}
