package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticWeightsTest {
  private static Layer connected(String name, int outputs, boolean bias) {
    return new FullyConnected(name, List.of("input"), outputs, bias, Activation.RELU);
  }

  private static Layer grouped(int outputs, int groups) {
    return new Convolution(
        "g", List.of("input"), outputs, 3, 3, 1, 1, 1, 1, groups, true, Activation.RELU);
  }

  private static Network network(int channels, Layer... layers) {
    return new Network(
        "n", Origin.SYNTHETIC, "", new Shape(channels, 4, 4), false, List.of(layers));
  }

  private static SyntheticWeights weights(
      Network network, long seed, double sigma, double density) {
    Map<String, Double> densities = new LinkedHashMap<>();
    network.weightedLayers().forEach(layer -> densities.put(layer.name(), density));
    return new SyntheticWeights(network, seed, sigma, densities);
  }

  private static long kept(WeightMatrix matrix, int rows) {
    long kept = 0;
    for (int i = 0; i < rows * matrix.columns(); i++) {
      kept += matrix.values()[i] == 0 ? 0 : 1;
    }
    return kept;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.25, 0.9",
    "2, 0.25, 0.5",
    "3, 0.25, 0.08",
    "4, 0.25, 0.04",
    "5, 0, 0.3",
    "6, 1, 0.1"
  })
  void theLayerKeepsItsDensity(long seed, double sigma, double density) {
    Layer layer = connected("f", 500, true);
    Network network = network(125, layer);
    long weights = network.weights(layer);
    assertThat(weights).isEqualTo(1_000_000);
    WeightMatrix matrix = weights(network, seed, sigma, density).matrix(layer, 0);
    assertThat((double) kept(matrix, 2000))
        .as("seed %d", seed)
        .isCloseTo(density * weights, within(50.0));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.58", "2, 0.84", "3, 0.1"})
  void aSmallLayerKeepsItsDensityToo(long seed, double density) {
    Layer layer = grouped(16, 1);
    Network network = network(3, layer);
    WeightMatrix matrix = weights(network, seed, 0.25, density).matrix(layer, 0);
    assertThat((double) kept(matrix, 27)).isCloseTo(density * 27 * 16, within(1.5));
  }

  @Test
  void theQuantileIsThatOfTheWholeLayerNotOfAGroup() {
    Layer layer = grouped(64, 4);
    Network network = network(64, layer);
    SyntheticWeights weights = weights(network, 9, 0.25, 0.2);
    long kept = 0;
    float smallest = Float.MAX_VALUE;
    float[] smallestOfGroup = new float[4];
    for (int group = 0; group < 4; group++) {
      WeightMatrix matrix = weights.matrix(layer, group);
      kept += kept(matrix, 144);
      smallestOfGroup[group] = Float.MAX_VALUE;
      for (int i = 0; i < 144 * 16; i++) {
        float magnitude = Math.abs(matrix.values()[i]);
        if (magnitude > 0) {
          smallestOfGroup[group] = Math.min(smallestOfGroup[group], magnitude);
        }
      }
      smallest = Math.min(smallest, smallestOfGroup[group]);
    }
    assertThat((double) kept).isCloseTo(0.2 * 4 * 144 * 16, within(2.0));
    for (float value : smallestOfGroup) {
      assertThat((double) value).isCloseTo(smallest, within(0.02 * smallest));
    }
  }

  @Test
  void withoutIntensitiesWeightsAreNormalWithTheDeviationOfHeInitialisation() {
    Layer layer = connected("f", 100, false);
    Network network = network(5, layer);
    float[] values = weights(network, 11, 0, 1).matrix(layer, 0).values();
    double[] sample = new double[values.length];
    Arrays.setAll(sample, i -> values[i]);
    NormalDistribution normal = new NormalDistribution(null, 0, Math.sqrt(2.0 / 80));
    assertThat(new KolmogorovSmirnovTest().kolmogorovSmirnovTest(normal, sample))
        .as("seed 11")
        .isGreaterThan(0.01);
  }

  @Test
  void weightsAreRowTimesColumnTimesNormal() {
    Layer layer = connected("f", 800, false);
    Network network = network(50, layer);
    double sigma = 0.25;
    float[] values = weights(network, 12, sigma, 1).matrix(layer, 0).values();
    double he = Math.sqrt(2.0 / 800);
    SummaryStatistics all = new SummaryStatistics();
    double[] rowLog = new double[800];
    double[] columnLog = new double[800];
    // E ln|g| of a standard normal is -(gamma + ln 2) / 2; the unit is he / exp(2 sigma^2).
    double centre = Math.log(he) - 2 * sigma * sigma - (0.5772156649015329 + Math.log(2)) / 2;
    for (int i = 0; i < 800; i++) {
      for (int j = 0; j < 800; j++) {
        double value = values[i * 800 + j];
        all.addValue(value);
        double log = Math.log(Math.abs(value)) - centre;
        rowLog[i] += log / 800;
        columnLog[j] += log / 800;
      }
    }
    assertThat(all.getMean()).isCloseTo(0, within(0.005 * he));
    assertThat(all.getStandardDeviation()).isCloseTo(he, within(0.03 * he));
    // A mean of 800 values of ln|g| adds a deviation of 1.11 / sqrt(800) = 0.039.
    NormalDistribution logarithm =
        new NormalDistribution(null, 0, Math.sqrt(sigma * sigma + 1.2337 / 800));
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    double rowMean = Arrays.stream(rowLog).average().orElseThrow();
    assertThat(rowMean).isCloseTo(0, within(0.04));
    assertThat(test.kolmogorovSmirnovTest(logarithm, rowLog)).as("seed 12").isGreaterThan(0.01);
    assertThat(test.kolmogorovSmirnovTest(logarithm, columnLog)).as("seed 12").isGreaterThan(0.01);
  }

  @Test
  void rowsAreIndependentOfEachOther() {
    Layer layer = connected("f", 4096, false);
    float[] values = weights(network(4, layer), 13, 0, 1).matrix(layer, 0).values();
    for (int i = 1; i < 64; i++) {
      double sum = 0;
      for (int j = 0; j < 4096; j++) {
        sum += (double) values[(i - 1) * 4096 + j] * values[i * 4096 + j];
      }
      // Variance of a weight is 2 / 64; the correlation of 4096 pairs deviates by 1 / 64.
      assertThat(Math.abs(sum / 4096 / (2.0 / 64))).as("rows %d and %d", i - 1, i).isLessThan(0.07);
    }
  }

  @Test
  void theSameSeedGivesTheSameWeightsInAnyOrderAndCompany() {
    Layer first = connected("a", 30, true);
    Layer second = new FullyConnected("b", List.of("input"), 21, true, Activation.NONE);
    SyntheticWeights both = weights(network(3, first, second), 5, 0.25, 0.5);
    float[] b = both.matrix(second, 0).values();
    float[] a = both.matrix(first, 0).values();
    assertThat(weights(network(3, second), 5, 0.25, 0.5).matrix(second, 0).values())
        .containsExactly(b);
    assertThat(both.matrix(first, 0).values()).containsExactly(a);
    assertThat(weights(network(3, second), 6, 0.25, 0.5).matrix(second, 0).values())
        .isNotEqualTo(b);
  }

  @Test
  void theWeightsOfASeedNeverChange() {
    Layer layer = connected("fc1", 6, true);
    WeightMatrix matrix = weights(network(1, layer), 1, 0.25, 1).matrix(layer, 0);
    assertThat(Arrays.hashCode(matrix.values())).isEqualTo(FROZEN_HASH);
  }

  /** A change here changes every result of a synthetic network that was ever published. */
  private static final int FROZEN_HASH = 2121605895;

  @ParameterizedTest
  @CsvSource({
    "1, 8, 0.25, 1, 8",
    "2, 8, 0.25, 0.5, 8",
    "3, 8, 0.25, 0.04, 8",
    "4, 8, 0.25, 1, 4",
    "5, 8, 1.5, 0.7, 1",
    "6, 8, 0, 1, 12",
    "7, 8, 0.25, 0.0001, 8",
    "8, 8, 0.25, 1e-9, 8",
    "9, 8, 0.25, 0.0005, 3",
    // Here the scale is known from the first row, whose weights are all pruned.
    "10, 40, 0, 0.0005, 8"
  })
  void theDirectQuantisationEqualsTheGeneralOne(
      long seed, int channels, double sigma, double density, int bits) {
    Layer first = connected("f", 47, true);
    Layer plain = new FullyConnected("p", List.of("input"), 33, false, Activation.NONE);
    Layer groups = grouped(12, 4);
    Network network = network(channels, first, plain, groups);
    SyntheticWeights weights = weights(network, seed, sigma, density);
    for (Layer layer : network.weightedLayers()) {
      for (int group = 0; group < network.matrices(layer); group++) {
        IntegerMatrix direct = weights.quantized(layer, group, bits, 0.7);
        IntegerMatrix general =
            IntegerMatrix.quantize(weights.matrix(layer, group), bits, 0.7, layer.bias());
        String where = "seed " + seed + ", layer " + layer.name() + ", group " + group;
        assertThat(direct.scale()).as(where).isEqualTo(general.scale());
        assertThat(direct.nonZeros()).as(where).isEqualTo(general.nonZeros());
        for (int row = 0; row < direct.rows(); row++) {
          for (int column = 0; column < direct.columns(); column++) {
            assertThat(direct.at(row, column)).as(where).isEqualTo(general.at(row, column));
          }
        }
      }
    }
  }

  @Test
  void unusableParametersAreRefused() {
    Network network = network(1, connected("f", 3, true));
    assertThatThrownBy(() -> weights(network, 1, -0.1, 1)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> weights(network, 1, Double.NaN, 1)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> weights(network, 1, 1, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> weights(network, 1, 1, 1.01)).hasMessageContaining("at most 1");
    assertThatThrownBy(() -> new SyntheticWeights(network, 1, 1, Map.of()))
        .hasMessageContaining("no density for layer 'f'");
    assertThatThrownBy(() -> new SyntheticWeights(network, 1, 1, Map.of("f", 1.0, "g", 1.0)))
        .hasMessageContaining("'g' is no layer");
    assertThatThrownBy(() -> weights(network, 1, 1, 1).matrix(network.output(), 1))
        .hasMessageContaining("no weight matrix 1");
  }

  @Test
  void anotherDensityIsThatOfTheWholeNetworkAndKeepsTheRatiosOfTheLayers() {
    Layer sparse = connected("sparse", 400, true);
    Layer dense = new FullyConnected("dense", List.of("sparse"), 300, true, Activation.RELU);
    Network network = network(50, sparse, dense);
    SyntheticWeights weights =
        new SyntheticWeights(network, 7, 0.25, Map.of("sparse", 0.1, "dense", 0.3));
    for (double density : new double[] {0.05, 0.2, 0.5, 1}) {
      SyntheticWeights other = weights.withDensity(density);
      double a = (double) kept(other.matrix(sparse, 0), network.inputRows(sparse));
      double b = (double) kept(other.matrix(dense, 0), network.inputRows(dense));
      long all = network.weights(sparse) + network.weights(dense);
      assertThat((a + b) / all).isCloseTo(density, within(1e-4));
      double ratio = b / network.weights(dense) / (a / network.weights(sparse));
      // Beyond a third of its weights the denser layer is full.
      assertThat(ratio).isCloseTo(Math.min(3, 1 / (a / network.weights(sparse))), within(0.01));
    }
  }

  @Test
  void aSparserDrawIsASubsetOfADenserOne() {
    Layer layer = connected("f", 100, false);
    Network network = network(10, layer);
    SyntheticWeights weights = weights(network, 3, 0.25, 0.1);
    float[] few = weights.matrix(layer, 0).values();
    float[] many = weights.withDensity(0.5).matrix(layer, 0).values();
    for (int i = 0; i < few.length; i++) {
      assertThat(few[i] == 0 || few[i] == many[i]).isTrue();
    }
    assertThat(weights.withDensity(0.1).matrix(layer, 0).values()).isEqualTo(few);
  }
}
