package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.primesim.training.storage.Tensor;
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
      Map<String, Tensor> parameters = Forward.drawn(TOPOLOGY, random, 0.1);
      float[] images = Forward.floats(random, 7 * 60, -1, 1);
      float[] normalised = Forward.scores(TOPOLOGY, parameters, images);
      Topology folded = TOPOLOGY.folded();
      Map<String, Tensor> plain = TOPOLOGY.fold(parameters);
      assertThat(plain.keySet()).containsExactlyElementsOf(folded.parameters().keySet());
      float[] actual = Forward.scores(folded, plain, images);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i])
            .as("seed %d, score %d", seed, i)
            .isCloseTo(normalised[i], within(1e-4f));
      }
    }
  }

  @Test
  void foldingTurnsNoZeroIntoAWeightAndNoWeightIntoZero() {
    Map<String, Tensor> parameters = Forward.drawn(TOPOLOGY, new SplittableRandom(5), 0.1);
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
      Map<String, NDArray> arrays = Forward.arrays(manager, parameters);
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
}
