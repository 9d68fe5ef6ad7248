package io.github.primesim.pruning;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be pruned, for which chip, and how far.
 *
 * @param weights real weights of the network
 * @param weightBits bits of a magnitude on the crossbars
 * @param biasInputs real value that the wordline of the bias stands for, by layer
 * @param mapping scheme that the crossbars are asked of
 * @param target at least 0 and below 1
 * @param share what the target is a share of; anything but weights with crossbar pruning only
 * @param rank order of segments
 * @param perLayer whether every layer is brought to the same share, instead of all to a common one
 * @param protectedLayers names of layers that stay as they are
 */
public record PruningRequest(
    Network network,
    Weights weights,
    int weightBits,
    Map<String, Double> biasInputs,
    Mapping mapping,
    CrossbarGeometry geometry,
    double target,
    Share share,
    Rank rank,
    boolean perLayer,
    Set<String> protectedLayers) {
  public PruningRequest {
    biasInputs = Map.copyOf(biasInputs);
    protectedLayers = Set.copyOf(protectedLayers);
    if (!(target >= 0 && target < 1)) {
      throw new IllegalArgumentException("target must be at least 0 and below 1, was " + target);
    }
  }

  /** The layers that may lose weights, in order. */
  List<Layer> prunable() {
    return network.weightedLayers().stream()
        .filter(layer -> !protectedLayers.contains(layer.name()))
        .toList();
  }

  /** One matrix as the crossbars store it. */
  IntegerMatrix quantized(Layer layer, int matrix) {
    return weights.quantized(layer, matrix, weightBits, biasInputs.get(layer.name()));
  }
}
