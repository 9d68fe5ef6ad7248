package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Every output is a weighted sum of all inputs plus a bias.
 *
 * <p>Weights are {@code [outputs, inputs]}; a feature map is flattened channel, row, column.
 */
public record FullyConnected(String name, int outputs, Activation activation) implements Layer {
  @Override
  public FeatureMap output(FeatureMap input) {
    return new FeatureMap(outputs, 1, 1);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(name + ".weight", new int[] {outputs, input.size()});
    shapes.put(name + ".bias", new int[] {outputs});
    return shapes;
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    NDArray flat = input.reshape(input.getShape().get(0), -1);
    return activation.apply(
        Linear.linear(flat, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
            .singletonOrThrow());
  }

  @Override
  public String yaml() {
    return String.format(
        Locale.ROOT,
        "{name: %s, type: fullyConnected, outputs: %d, bias: true, activation: %s}",
        name,
        outputs,
        activation.key());
  }
}
