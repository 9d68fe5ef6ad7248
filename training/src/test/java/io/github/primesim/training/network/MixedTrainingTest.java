package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.primesim.training.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Steps in bfloat16 against the same steps in float32. */
class MixedTrainingTest {
  /** A bfloat16 has 8 significant bits. */
  private static final double ROUNDING = 1.0 / 256;

  private static final int BATCH = 16;
  private static final String SCORES = "scores";

  private static final Topology TOPOLOGY =
      new Topology(
          "mixed",
          "every layer that knows bfloat16, and those that do not",
          new FeatureMap(3, 8, 8),
          List.of(
              normalised("conv1", 16, 1, Activation.RELU),
              new MaxPool("pool1", 2, 2),
              new Residual(
                  "add2",
                  List.of(normalised("conv2_1", 32, 2, Activation.NONE)),
                  Optional.of(normalised("conv2_0", 32, 2, Activation.NONE))),
              new Residual(
                  "add3", List.of(normalised("conv3_1", 32, 1, Activation.NONE)), Optional.empty()),
              new MeanPool("pool4", 2),
              new FullyConnected("fc", 5, Activation.NONE)));

  private static Layer normalised(String name, int channels, int stride, Activation activation) {
    return new BatchNormalizedConvolution(
        new Convolution(name, channels, 3, stride, 1, activation));
  }

  @Test
  void scoresAndGradientsAreThoseOfFloat32UpToRounding() {
    Map<String, float[]> exact = step(Pass.TRAINING);
    Map<String, float[]> mixed = step(Pass.MIXED_TRAINING);
    assertThat(mixed.keySet()).isEqualTo(exact.keySet()).contains(SCORES, "conv2_0.weight");
    assertThat(error(mixed.get(SCORES), exact.get(SCORES))).isBetween(1e-6, 4 * ROUNDING);
    exact.forEach(
        (name, expected) ->
            assertThat(error(mixed.get(name), expected)).as(name).isLessThan(32 * ROUNDING));
  }

  @Test
  void theSameStepGivesTheSameBits() {
    Map<String, float[]> one = step(Pass.MIXED_TRAINING);
    Map<String, float[]> other = step(Pass.MIXED_TRAINING);
    one.forEach((name, values) -> assertThat(other.get(name)).as(name).isEqualTo(values));
  }

  /** Length of the difference over length of the expected vector. */
  private static double error(float[] actual, float[] expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / length);
  }

  /** Scores, and the gradient of each learned parameter by its name. */
  private static Map<String, float[]> step(Pass pass) {
    SplittableRandom random = new SplittableRandom(3);
    Map<String, Tensor> parameters = TOPOLOGY.initialise(random);
    float[] pixels = new float[BATCH * 3 * 8 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      parameters.forEach(
          (name, tensor) -> {
            NDArray array =
                manager.create(
                    tensor.values(),
                    new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()));
            if (Topology.isLearned(name)) {
              array.setRequiresGradient(true);
            }
            arrays.put(name, array);
          });
      NDArray images = manager.create(pixels, new Shape(BATCH, 3, 8, 8));
      NDArray wanted = manager.zeros(new Shape(BATCH, 5), DataType.FLOAT32);
      for (int i = 0; i < BATCH; i++) {
        wanted.set(new ai.djl.ndarray.index.NDIndex(i, i % 5), 1);
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray result = TOPOLOGY.forward(images, arrays, pass);
        collector.backward(result.logSoftmax(1).mul(wanted).sum().div(-BATCH));
        values.put(SCORES, result.toFloatArray());
      }
      arrays.forEach(
          (name, array) -> {
            if (Topology.isLearned(name)) {
              values.put(name, array.getGradient().toFloatArray());
            }
          });
      return values;
    }
  }
}
