package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import java.util.Map;

/**
 * Sees the rows of an image of one channel as steps through time and its columns as features:
 * {@code [1, steps, features]} becomes {@code [features, steps, 1]}. Nothing is computed.
 */
public record TimeSteps(String name, int steps, int features) implements Layer {
  @Override
  public FeatureMap output(FeatureMap input) {
    if (!input.equals(new FeatureMap(1, steps, features))) {
      throw new IllegalArgumentException(
          name + ": one channel of " + steps + " x " + features + " is wanted, not " + input);
    }
    return new FeatureMap(features, steps, 1);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    return Map.of();
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return input.transpose(0, 3, 2, 1);
  }

  @Override
  public String yaml() {
    return String.format(
        Locale.ROOT,
        "{name: %s, type: view, shape: [%d, %d, 1], sizes: [%d, %d], strides: [1, %d]}",
        name,
        features,
        steps,
        features,
        steps,
        features);
  }
}
