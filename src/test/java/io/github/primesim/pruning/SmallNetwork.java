package io.github.primesim.pruning;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network of a grouped convolution and two fully connected layers with random weights, on
 * crossbars of 4 wordlines and 3 weights a wordline.
 */
final class SmallNetwork implements Weights {
  static final Network NETWORK =
      new Network(
          "small",
          Origin.IMPORTED,
          "of the tests",
          new Shape(4, 5, 5),
          false,
          List.of(
              new Convolution(
                  "conv", List.of(Network.INPUT), 10, 2, 2, 1, 1, 0, 0, 2, true, Activation.RELU),
              new FullyConnected("hidden", List.of("conv"), 11, true, Activation.RELU),
              new FullyConnected("output", List.of("hidden"), 7, true, Activation.NONE)));

  private final Map<String, WeightMatrix> matrices = new LinkedHashMap<>();

  /** Weights drawn from {@code seed}, a little smaller in each further layer. */
  SmallNetwork(long seed) {
    this(seed, 1.1);
  }

  /** Weights drawn from {@code seed}, smaller by {@code ratio} in each further layer. */
  SmallNetwork(long seed, double ratio) {
    SplittableRandom random = new SplittableRandom(seed);
    double size = 1;
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        float[] values = new float[NETWORK.rows(layer) * NETWORK.columns(layer)];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (size * (random.nextDouble() + 0.01) * (random.nextInt(2) * 2 - 1));
        }
        matrices.put(
            layer.name() + m,
            new WeightMatrix(NETWORK.rows(layer), NETWORK.columns(layer), values));
      }
      size /= ratio;
    }
  }

  @Override
  public WeightMatrix matrix(Layer layer, int group) {
    return matrices.get(layer.name() + group);
  }

  static Layer layer(String name) {
    return NETWORK.layer(name);
  }

  static CrossbarGeometry geometry(SignScheme signs) {
    return new CrossbarGeometry(4, 6, 2, signs, 8, 1, 8, 1, 1);
  }

  /** A request for sign pairs in {@code block-compact}, everything open to pruning. */
  static PruningRequest request(Weights weights, double target, Share share) {
    return request(weights, target, share, Rank.NORM, false, SignScheme.PAIRS, Set.of());
  }

  static PruningRequest request(
      Weights weights,
      double target,
      Share share,
      Rank rank,
      boolean perLayer,
      SignScheme signs,
      Set<String> protectedLayers) {
    return new PruningRequest(
        NETWORK,
        weights,
        8,
        Map.of("conv", 1.0, "hidden", 1.0, "output", 1.0),
        mapping(),
        geometry(signs),
        target,
        share,
        rank,
        perLayer,
        protectedLayers);
  }

  static Mapping mapping() {
    return Mappings.named("block-compact");
  }

  /** Arrays of all layers. */
  static long arrays(PruningRequest request, Weights weights) {
    long arrays = 0;
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        arrays +=
            request.mapping().map(weights.quantized(layer, m, 8, 1), request.geometry()).arrays();
      }
    }
    return arrays;
  }

  /** Weights that a mask has pruned. */
  static long pruned(Mask mask) {
    return NETWORK.weightedLayers().stream().mapToLong(mask::pruned).sum();
  }

  static long weights() {
    return NETWORK.weightedLayers().stream().mapToLong(NETWORK::weights).sum();
  }
}
