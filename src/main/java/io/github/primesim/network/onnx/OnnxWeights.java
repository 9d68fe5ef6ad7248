package io.github.primesim.network.onnx;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.Map;

/** Weights read from the tensors of an ONNX file when they are asked for. */
final class OnnxWeights implements Weights {
  private final String file;
  private final Network network;
  private final Map<String, Filters> filters;

  OnnxWeights(String file, Network network, Map<String, Filters> filters) {
    this.file = file;
    this.network = network;
    this.filters = Map.copyOf(filters);
  }

  @Override
  public WeightMatrix matrix(Layer layer, int group) {
    if (group < 0 || group >= network.matrices(layer)) {
      throw new IllegalArgumentException(
          "layer '" + layer.name() + "' has no weight matrix " + group);
    }
    Filters held = filters.get(layer.name());
    int inputs = network.inputRows(layer);
    int rows = network.rows(layer);
    int columns = network.columns(layer);
    float[] values = new float[rows * columns];
    for (int column = 0; column < columns; column++) {
      int output = group * columns + column;
      for (int row = 0; row < inputs; row++) {
        values[row * columns + column] =
            finite(layer, output, row, (float) held.weight(output, row));
      }
      if (layer.bias()) {
        values[inputs * columns + column] =
            finite(layer, output, inputs, (float) held.offset(output));
      }
    }
    return new WeightMatrix(rows, columns, values);
  }

  private float finite(Layer layer, int output, int input, float value) {
    if (!Float.isFinite(value)) {
      throw new InputProblem(
          file
              + ": layer '"
              + layer.name()
              + "': the weight from input "
              + input
              + " to output "
              + output
              + " is "
              + value
              + ", allowed: finite numbers");
    }
    return value;
  }
}
