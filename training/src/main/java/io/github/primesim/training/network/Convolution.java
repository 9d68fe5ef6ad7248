package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A two-dimensional convolution with square kernels and a bias.
 *
 * <p>Weights are {@code [outputChannels, input channels, kernel, kernel]}.
 */
public record Convolution(
    String name, int outputChannels, int kernel, int stride, int padding, Activation activation)
    implements Layer {

  /** A convolution over every position inside the input. */
  public static Convolution valid(
      String name, int outputChannels, int kernel, Activation activation) {
    return new Convolution(name, outputChannels, kernel, 1, 0, activation);
  }

  @Override
  public FeatureMap output(FeatureMap input) {
    return new FeatureMap(outputChannels, side(input.height()), side(input.width()));
  }

  private int side(int input) {
    int padded = input + 2 * padding;
    if (padded < kernel) {
      throw new IllegalArgumentException(name + ": kernel " + kernel + " on an input of " + padded);
    }
    return (padded - kernel) / stride + 1;
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(name + ".weight", new int[] {outputChannels, input.channels(), kernel, kernel});
    shapes.put(name + ".bias", new int[] {outputChannels});
    return shapes;
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return activation.apply(
        Conv2d.conv2d(
                input,
                parameters.get(name + ".weight"),
                parameters.get(name + ".bias"),
                new Shape(stride, stride),
                new Shape(padding, padding))
            .singletonOrThrow());
  }

  @Override
  public String yaml() {
    return String.format(
        Locale.ROOT,
        "{name: %s, type: convolution, outputChannels: %d, kernel: %d, stride: %d, padding: %d,"
            + " groups: 1, bias: true, activation: %s}",
        name,
        outputChannels,
        kernel,
        stride,
        padding,
        activation.key());
  }
}
