package io.github.primesim.baseline;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import java.util.List;

/**
 * One layer as a processor sees it.
 *
 * @param layer name of the layer
 * @param matrices weight matrices, one per group of a convolution
 * @param positions input vectors per image
 * @param fanIn inputs of one output
 * @param outputs outputs of a matrix at one position
 * @param inputValues values the layer reads, each counted once
 */
public record LayerWork(
    String layer, long matrices, long positions, long fanIn, long outputs, long inputValues) {

  /** The layers of a network that have weights; all others are taken as free. */
  public static List<LayerWork> of(Network network) {
    return network.weightedLayers().stream().map(layer -> of(network, layer)).toList();
  }

  private static LayerWork of(Network network, Layer layer) {
    return new LayerWork(
        layer.name(),
        network.matrices(layer),
        network.positions(layer),
        network.inputRows(layer),
        network.columns(layer),
        network.inputShape(layer).size());
  }

  /** Weights of the layer, biases left out. */
  public long weights() {
    return matrices * fanIn * outputs;
  }

  /** Multiply-accumulate operations per image. */
  public long operations() {
    return positions * weights();
  }

  /** Values the layer gives. */
  public long outputValues() {
    return matrices * positions * outputs;
  }
}
