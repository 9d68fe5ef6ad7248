package io.github.primesim.functional;

import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Weights of a test, by layer and group. */
final class GivenWeights implements Weights {
  private final Map<String, WeightMatrix> matrices = new LinkedHashMap<>();

  GivenWeights with(String layer, int group, int rows, int columns, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    matrices.put(layer + "/" + group, new WeightMatrix(rows, columns, floats));
    return this;
  }

  /** Uniform weights from -0.5 to 0.5, a share of them zero. */
  GivenWeights random(
      SplittableRandom random, String layer, int group, int rows, int columns, double density) {
    double[] values =
        random
            .doubles((long) rows * columns)
            .map(value -> random.nextDouble() < density ? value - 0.5 : 0)
            .toArray();
    return with(layer, group, rows, columns, values);
  }

  @Override
  public WeightMatrix matrix(Layer layer, int group) {
    return matrices.get(layer.name() + "/" + group);
  }

  @Override
  public IntegerMatrix quantized(Layer layer, int group, int weightBits, double biasInput) {
    return IntegerMatrix.quantize(matrix(layer, group), weightBits, biasInput, layer.bias());
  }
}
