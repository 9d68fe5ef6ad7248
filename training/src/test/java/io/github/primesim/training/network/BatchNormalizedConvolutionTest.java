package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.primesim.training.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchNormalizedConvolutionTest {
  private static final Topology TOPOLOGY =
      new Topology(
          "normalised",
          "a normalised convolution and a classifier",
          new FeatureMap(2, 6, 5),
          List.of(
              new BatchNormalizedConvolution(new Convolution("conv", 3, 3, 1, 1, Activation.RELU)),
              new FullyConnected("fc", 4, Activation.NONE)));

  @Test
  void aTrainedNormalisationIsPartOfWeightsAndBias() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, Tensor> parameters = random(random);
      float[] images = floats(random, 7 * 60, -1, 1);
      float[] normalised = scores(TOPOLOGY, parameters, images, false);
      Topology folded = TOPOLOGY.folded();
      Map<String, Tensor> plain = TOPOLOGY.fold(parameters);
      assertThat(plain.keySet()).containsExactlyElementsOf(folded.parameters().keySet());
      float[] actual = scores(folded, plain, images, false);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i])
            .as("seed %d, score %d", seed, i)
            .isCloseTo(normalised[i], within(1e-4f));
      }
    }
  }

  @Test
  void foldingTurnsNoZeroIntoAWeightAndNoWeightIntoZero() {
    Map<String, Tensor> parameters = random(new SplittableRandom(5));
    float[] weights = parameters.get("conv.weight").values();
    for (int i = 0; i < weights.length; i += 2) {
      weights[i] = 0;
    }
    float[] folded = TOPOLOGY.fold(parameters).get("conv.weight").values();
    for (int i = 0; i < weights.length; i++) {
      assertThat(folded[i] == 0).as("weight %d", i).isEqualTo(weights[i] == 0);
    }
  }

  /** One step of the running statistics: nine tenths of the old, one tenth of the batch. */
  @Test
  void trainingNormalisesByTheBatchAndRemembersItsStatistics() {
    Topology topology =
        new Topology(
            "one",
            "one weight",
            new FeatureMap(1, 1, 1),
            List.of(
                new BatchNormalizedConvolution(
                    new Convolution("conv", 1, 1, 1, 0, Activation.NONE))));
    Map<String, Tensor> parameters = topology.initialise(new SplittableRandom(1));
    parameters.get("conv.weight").values()[0] = 2f;
    parameters.get("conv.scale").values()[0] = 3f;
    parameters.get("conv.shift").values()[0] = 0.5f;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> arrays = arrays(manager, parameters);
      NDArray batch = manager.create(new float[] {1, 2, 3, 6}, new Shape(4, 1, 1, 1));
      float[] scores = topology.forward(batch, arrays, true).toFloatArray();
      // Sums 2, 4, 6, 12: mean 6, variance 14 (56 / 4), unbiased 56 / 3.
      float[] deviations = {-4, -2, 0, 6};
      for (int i = 0; i < 4; i++) {
        assertThat((double) scores[i])
            .isCloseTo(3 * deviations[i] / Math.sqrt(14) + 0.5, within(1e-4));
      }
      assertThat(arrays.get("conv.mean").toFloatArray()[0]).isCloseTo(0.6f, within(1e-5f));
      assertThat(arrays.get("conv.variance").toFloatArray()[0])
          .isCloseTo(0.9f + 5.6f / 3, within(1e-4f));
    }
  }

  private static Map<String, Tensor> random(SplittableRandom random) {
    Map<String, Tensor> parameters = TOPOLOGY.initialise(random);
    parameters.forEach(
        (name, tensor) -> {
          boolean positive = name.endsWith(".variance");
          float[] values = floats(random, tensor.size(), positive ? 0.1 : -1, positive ? 2 : 1);
          System.arraycopy(values, 0, tensor.values(), 0, values.length);
        });
    return parameters;
  }

  private static float[] floats(SplittableRandom random, int count, double from, double to) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }

  private static float[] scores(
      Topology topology, Map<String, Tensor> parameters, float[] images, boolean training) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return topology
          .forward(
              manager.create(images, new Shape(7, 2, 6, 5)), arrays(manager, parameters), training)
          .toFloatArray();
    }
  }

  private static Map<String, NDArray> arrays(NDManager manager, Map<String, Tensor> parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) ->
            arrays.put(
                name,
                manager.create(
                    tensor.values(),
                    new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray()))));
    return arrays;
  }
}
