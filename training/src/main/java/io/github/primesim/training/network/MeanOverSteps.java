package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Locale;
import java.util.Map;

/** The mean of each feature over all steps through time. */
public record MeanOverSteps(String name, int steps) implements Layer {
  @Override
  public FeatureMap output(FeatureMap input) {
    if (input.height() != steps || input.width() != 1) {
      throw new IllegalArgumentException(name + ": " + steps + " steps are wanted, not " + input);
    }
    return new FeatureMap(input.channels(), 1, 1);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    return Map.of();
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return input.mean(new int[] {2}, true);
  }

  @Override
  public String yaml() {
    return String.format(Locale.ROOT, "{name: %s, type: meanPool, kernel: [%d, 1]}", name, steps);
  }
}
