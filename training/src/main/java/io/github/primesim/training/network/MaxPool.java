package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.Locale;
import java.util.Map;

/** The maximum of each square window; an incomplete window at the edge is left out. */
public record MaxPool(String name, int kernel, int stride) implements Layer {
  @Override
  public FeatureMap output(FeatureMap input) {
    if (input.height() < kernel || input.width() < kernel) {
      throw new IllegalArgumentException(name + ": kernel " + kernel + " on an input of " + input);
    }
    return new FeatureMap(
        input.channels(),
        (input.height() - kernel) / stride + 1,
        (input.width() - kernel) / stride + 1);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    return Map.of();
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return Pool.maxPool2d(
        input, new Shape(kernel, kernel), new Shape(stride, stride), new Shape(0, 0), false);
  }

  /** The largest of some numbers is one of them, in whatever arithmetic. */
  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, Pass pass) {
    return forward(input, parameters, pass.isTraining());
  }

  @Override
  public String yaml() {
    return String.format(
        Locale.ROOT, "{name: %s, type: maxPool, kernel: %d, stride: %d}", name, kernel, stride);
  }
}
