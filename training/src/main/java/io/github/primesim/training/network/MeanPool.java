package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.Locale;
import java.util.Map;

/** The mean of each square window; windows do not overlap and have to fit. */
public record MeanPool(String name, int kernel) implements Layer {
  @Override
  public FeatureMap output(FeatureMap input) {
    if (input.height() % kernel != 0 || input.width() % kernel != 0) {
      throw new IllegalArgumentException(name + ": kernel " + kernel + " on an input of " + input);
    }
    return new FeatureMap(input.channels(), input.height() / kernel, input.width() / kernel);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    return Map.of();
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return Pool.avgPool2d(
        input, new Shape(kernel, kernel), new Shape(kernel, kernel), new Shape(0, 0), false, true);
  }

  @Override
  public String yaml() {
    return String.format(Locale.ROOT, "{name: %s, type: meanPool, kernel: %d}", name, kernel);
  }
}
