package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import io.github.primesim.training.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A convolution whose outputs are normalised over the batch, channel by channel, before the
 * activation: {@code scale (x - mean) / sqrt(variance + epsilon) + shift}.
 *
 * <p>Once training is over, mean and variance are constants, and the normalisation is part of the
 * weights and the bias: a crossbar sees a plain convolution. A mask of the weights holds for both
 * forms, since a channel's factor turns no weight into zero and no zero into a weight.
 *
 * <p>Source: Ioffe and Szegedy, Batch Normalization, algorithms 1 and 2.
 */
public record BatchNormalizedConvolution(Convolution convolution) implements Layer {
  static final String SCALE = ".scale";
  static final String SHIFT = ".shift";
  static final String MEAN = ".mean";
  static final String VARIANCE = ".variance";

  private static final float EPSILON = 1e-5f;

  /** Share of the old statistics that stays at each step. */
  private static final float MEMORY = 0.9f;

  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public FeatureMap output(FeatureMap input) {
    return convolution.output(input);
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put(weight(), convolution.parameters(input).get(weight()));
    for (String part : new String[] {SCALE, SHIFT, MEAN, VARIANCE}) {
      shapes.put(name() + part, new int[] {convolution.outputChannels()});
    }
    return shapes;
  }

  private String weight() {
    return name() + ".weight";
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return normalised(
        Conv2d.conv2d(
                input,
                parameters.get(weight()),
                null,
                new Shape(convolution.stride(), convolution.stride()),
                new Shape(convolution.padding(), convolution.padding()))
            .singletonOrThrow(),
        parameters,
        training);
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, Pass pass) {
    if (pass != Pass.MIXED_TRAINING) {
      return forward(input, parameters, pass.isTraining());
    }
    return normalised(
        Bfloat16.convolve(
            input, parameters.get(weight()), convolution.stride(), convolution.padding()),
        parameters,
        true);
  }

  private NDArray normalised(NDArray sums, Map<String, NDArray> parameters, boolean training) {
    NDArray normalised =
        BatchNorm.batchNorm(
                sums,
                parameters.get(name() + MEAN),
                parameters.get(name() + VARIANCE),
                parameters.get(name() + SCALE),
                parameters.get(name() + SHIFT),
                1,
                MEMORY,
                EPSILON,
                training)
            .singletonOrThrow();
    return convolution.activation().apply(normalised);
  }

  @Override
  public Layer folded() {
    return convolution;
  }

  @Override
  public Map<String, Tensor> fold(Map<String, Tensor> parameters) {
    Tensor weights = parameters.get(weight());
    float[] scale = parameters.get(name() + SCALE).values();
    float[] shift = parameters.get(name() + SHIFT).values();
    float[] mean = parameters.get(name() + MEAN).values();
    float[] variance = parameters.get(name() + VARIANCE).values();
    Tensor folded = Tensor.zeros(weights.shape());
    Tensor bias = Tensor.zeros(new int[] {scale.length});
    int perChannel = weights.size() / scale.length;
    for (int channel = 0; channel < scale.length; channel++) {
      double factor = scale[channel] / Math.sqrt((double) variance[channel] + EPSILON);
      bias.values()[channel] = (float) (shift[channel] - factor * mean[channel]);
      for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
        folded.values()[i] = (float) (factor * weights.values()[i]);
      }
    }
    Map<String, Tensor> result = new LinkedHashMap<>();
    result.put(weight(), folded);
    result.put(name() + ".bias", bias);
    return result;
  }

  @Override
  public String yaml() {
    return convolution.yaml();
  }
}
