package io.github.primesim.functional;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.Arrays;
import java.util.List;

/** The network in floating point: what its training measured. */
public final class FloatInference implements Inference {
  private final ForwardPass pass;

  public FloatInference(Network network, Weights weights) {
    pass = new ForwardPass(network, (layer, group) -> product(weights, layer, group));
  }

  @Override
  public float[] run(float[] input) {
    return pass.run(input);
  }

  @Override
  public List<float[]> run(List<float[]> inputs) {
    return pass.run(inputs);
  }

  static LayerProduct product(Weights weights, Layer layer, int group) {
    WeightMatrix matrix = weights.matrix(layer, group);
    return (input, positions, output, at) -> {
      Arrays.fill(output, at, at + matrix.columns() * positions, 0);
      int inputRows = matrix.rows() - (layer.bias() ? 1 : 0);
      for (int row = 0; row < inputRows; row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          float weight = matrix.at(row, column);
          if (weight != 0) {
            int from = row * positions;
            int to = at + column * positions;
            for (int position = 0; position < positions; position++) {
              output[to + position] += weight * input[from + position];
            }
          }
        }
      }
      if (layer.bias()) {
        for (int i = 0; i < matrix.columns() * positions; i++) {
          output[at + i] += matrix.at(inputRows, i / positions);
        }
      }
    };
  }
}
