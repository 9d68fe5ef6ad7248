package io.github.primesim.pruning;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which weights of a network stay, bias rows included.
 *
 * <p>A weight that is zero does not stay: what an earlier round has pruned remains pruned. Weights
 * are counted without biases, as sparsity is.
 */
public final class Mask {
  private final Network network;
  private final Map<String, BitSet[]> kept = new LinkedHashMap<>();

  private Mask(Network network) {
    this.network = network;
  }

  /** Keeps every weight that is not zero. */
  public static Mask ofNonZeros(Network network, Weights weights) {
    Mask mask = new Mask(network);
    for (Layer layer : network.weightedLayers()) {
      BitSet[] matrices = new BitSet[network.matrices(layer)];
      for (int i = 0; i < matrices.length; i++) {
        float[] values = weights.matrix(layer, i).values();
        matrices[i] = new BitSet(values.length);
        for (int at = 0; at < values.length; at++) {
          if (values[at] != 0) {
            matrices[i].set(at);
          }
        }
      }
      mask.kept.put(layer.name(), matrices);
    }
    return mask;
  }

  /** Places that stay, {@code row * columns + column}; live. */
  BitSet kept(Layer layer, int matrix) {
    return kept.get(layer.name())[matrix];
  }

  /** Whether the weight from input {@code row} to output {@code column} stays. */
  public boolean keeps(Layer layer, int matrix, int row, int column) {
    return kept(layer, matrix).get(row * network.columns(layer) + column);
  }

  /** Weights of the layer that stay, biases left out. */
  public long kept(Layer layer) {
    int end = network.inputRows(layer) * network.columns(layer);
    long count = 0;
    for (BitSet matrix : kept.get(layer.name())) {
      count += matrix.get(0, end).cardinality();
    }
    return count;
  }

  /** Weights of the layer that are pruned, biases left out. */
  public long pruned(Layer layer) {
    return network.weights(layer) - kept(layer);
  }

  /** {@code weights} with those that do not stay at zero. */
  public Weights applyTo(Weights weights) {
    return (layer, matrix) -> {
      WeightMatrix original = weights.matrix(layer, matrix);
      float[] values = original.values().clone();
      BitSet stays = kept(layer, matrix);
      for (int at = stays.nextClearBit(0); at < values.length; at = stays.nextClearBit(at + 1)) {
        values[at] = 0;
      }
      return new WeightMatrix(original.rows(), original.columns(), values);
    };
  }

  /** The mask itself in the form of weights: 1 stays, 0 is pruned. */
  public Weights asWeights() {
    return (layer, matrix) -> {
      float[] values = new float[network.rows(layer) * network.columns(layer)];
      BitSet stays = kept(layer, matrix);
      for (int at = stays.nextSetBit(0); at >= 0; at = stays.nextSetBit(at + 1)) {
        values[at] = 1;
      }
      return new WeightMatrix(network.rows(layer), network.columns(layer), values);
    };
  }
}
