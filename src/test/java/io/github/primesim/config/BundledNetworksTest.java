package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.network.Addition;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that come with the project. */
class BundledNetworksTest {
  private static final NetworkFiles FILES = new NetworkFiles(Path.of(""));

  @Test
  void eachIsLoadedUnderItsOwnNameAndSaysWhatItIs() {
    assertThat(FILES.names())
        .contains(
            "alexnet-imagenet",
            "cnn-1",
            "cnn-2",
            "mlp-l",
            "mlp-m",
            "mlp-s",
            "lstm5-librispeech",
            "resnet18-cifar10",
            "vgg-d",
            "vgg16-cifar10",
            "vgg16-imagenet");
    for (String name : FILES.names()) {
      LoadedNetwork loaded = FILES.load(name);
      assertThat(loaded.network().name()).isEqualTo(name);
      assertThat(loaded.network().description()).as(name).isNotBlank();
      if (loaded.network().origin() == Origin.SYNTHETIC) {
        assertThat(loaded.network().description()).as(name).contains("synthetic");
      }
    }
  }

  private static long weights(Network network) {
    return network.weightedLayers().stream().mapToLong(network::weights).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "cnn-1, 51225, 10",
    "cnn-2, 146890, 10",
    "mlp-s, 519500, 10",
    "mlp-m, 1411500, 10",
    "mlp-l, 3181000, 10",
    "vgg-d, 138344128, 1000",
    "vgg16-imagenet, 138344128, 1000",
    "alexnet-imagenet, 60954656, 1000",
    "vgg16-cifar10, 15239872, 10",
    "resnet18-cifar10, 11164352, 10"
  })
  void theNumberOfWeightsIsThePublishedOne(String name, long expected, int classes) {
    Network network = FILES.load(name).network();
    assertThat(network.origin()).isEqualTo(Origin.SYNTHETIC);
    assertThat(weights(network)).isEqualTo(expected);
    assertThat(network.outputShape(network.output().name()).size()).isEqualTo(classes);
    assertThat(network.weightedLayers()).allMatch(Layer::bias);
    assertThat(network.signedInput()).isEqualTo(classes == 1000 || name.endsWith("cifar10"));
  }

  /** Weights of an LSTM with x inputs and n units: 4 n (x + n). */
  @Test
  void theSpeechNetworkHasFiveLstmLayersOverOneSecond() {
    Network network = FILES.load("lstm5-librispeech").network();
    assertThat(weights(network)).isEqualTo(4 * 512 * (40 + 512 + 4 * 1024) + 512 * 29);
    assertThat(network.outputShape("output")).isEqualTo(new Shape(29, 1, 100));
    assertThat(network.layers()).filteredOn(Recurrence.class::isInstance).hasSize(5);
  }

  /**
   * As published: 17 convolutions of 3 x 3 and one fully connected layer; three shortcuts of 1 x 1.
   */
  @Test
  void theResidualNetworkHasItsEightAdditions() {
    Network network = FILES.load("resnet18-cifar10").network();
    assertThat(network.layers()).filteredOn(Addition.class::isInstance).hasSize(8);
    assertThat(network.weightedLayers()).hasSize(17 + 1 + 3);
  }

  @ParameterizedTest
  @CsvSource({
    "cnn-1, fc1, 720",
    "cnn-2, fc1, 1210",
    "vgg-d, fc6, 25088",
    "alexnet-imagenet, fc6, 9216"
  })
  void theFirstFullyConnectedLayerSeesThePublishedVector(String name, String layer, int inputs) {
    Network network = FILES.load(name).network();
    assertThat(network.inputRows(network.layer(layer))).isEqualTo(inputs);
  }

  @Test
  void theOperationsOfVggAreThePublishedOnes() {
    Network network = FILES.load("vgg-d").network();
    long products = 0;
    for (Layer layer : network.weightedLayers()) {
      products += network.weights(layer) * network.positions(layer);
    }
    assertThat(products).isEqualTo(15_470_264_320L);
  }

  @ParameterizedTest
  @CsvSource({"cnn-1", "mlp-s"})
  void theSmallNetworksAreDense(String name) {
    LoadedNetwork loaded = FILES.load(name);
    for (Layer layer : loaded.network().weightedLayers()) {
      for (float value : loaded.weights().matrix(layer, 0).values()) {
        assertThat(value).isNotZero();
      }
    }
  }

  /** Totals of the published densities; the rounded densities of the layers give them closely. */
  @ParameterizedTest
  @CsvSource({
    "vgg16-imagenet, 0.924",
    "alexnet-imagenet, 0.889",
    "vgg16-cifar10, 0.925",
    "resnet18-cifar10, 0.75",
    "lstm5-librispeech, 0.85"
  })
  void thePrunedNetworksHaveThePublishedSparsity(String name, double sparsity) {
    LoadedNetwork loaded = FILES.load(name);
    Network network = loaded.network();
    long kept = 0;
    for (Layer layer : network.weightedLayers()) {
      for (int group = 0; group < network.matrices(layer); group++) {
        IntegerMatrix matrix = loaded.weights().quantized(layer, group, 15, 1e9);
        kept += matrix.nonZeros();
      }
    }
    assertThat(1 - (double) kept / weights(network)).isCloseTo(sparsity, within(0.001));
  }

  @Test
  void aPrunedLayerOfARealShapeKeepsItsDensityExactly() {
    LoadedNetwork loaded = FILES.load("alexnet-imagenet");
    Layer layer = loaded.network().layer("fc7");
    WeightMatrix matrix = loaded.weights().matrix(layer, 0);
    long kept = 0;
    for (int i = 0; i < 4096 * 4096; i++) {
      kept += matrix.values()[i] == 0 ? 0 : 1;
    }
    assertThat(kept / (4096.0 * 4096)).isCloseTo(0.09, within(1e-5));
  }
}
