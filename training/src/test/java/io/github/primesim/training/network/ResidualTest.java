package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.primesim.training.storage.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResidualTest {
  private static final Topology TOPOLOGY =
      new Topology(
          "residual",
          "two blocks and a mean",
          new FeatureMap(2, 6, 4),
          List.of(
              new Residual(
                  "add1",
                  List.of(
                      normalised("conv1_1", 2, 3, 1, Activation.RELU),
                      normalised("conv1_2", 2, 3, 1, Activation.NONE)),
                  Optional.empty()),
              new Residual(
                  "add2",
                  List.of(
                      normalised("conv2_1", 3, 3, 2, Activation.RELU),
                      normalised("conv2_2", 3, 3, 1, Activation.NONE)),
                  Optional.of(normalised("conv2_0", 3, 1, 2, Activation.NONE))),
              new MeanPool("pool", 1),
              new FullyConnected("fc", 4, Activation.NONE)));

  private static Layer normalised(
      String name, int channels, int kernel, int stride, Activation activation) {
    return new BatchNormalizedConvolution(
        new Convolution(name, channels, kernel, stride, kernel / 2, activation));
  }

  @Test
  void aBlockHasTheParametersOfItsLayers() {
    assertThat(TOPOLOGY.folded().parameters().keySet())
        .containsExactly(
            "conv1_1.weight",
            "conv1_1.bias",
            "conv1_2.weight",
            "conv1_2.bias",
            "conv2_1.weight",
            "conv2_1.bias",
            "conv2_2.weight",
            "conv2_2.bias",
            "conv2_0.weight",
            "conv2_0.bias",
            "fc.weight",
            "fc.bias");
    assertThat(TOPOLOGY.parameters().get("conv2_0.weight")).containsExactly(3, 2, 1, 1);
    assertThat(TOPOLOGY.parameters().get("fc.weight")).containsExactly(4, 3 * 3 * 2);
  }

  /** A convolution of one pixel by one weight, so that the block can be computed by hand. */
  @Test
  void theInputIsAddedBeforeTheActivation() {
    Layer doubling = new Convolution("double", 1, 1, 1, 0, Activation.NONE);
    Map<String, Tensor> parameters =
        Map.of(
            "double.weight", new Tensor(new int[] {1, 1, 1, 1}, new float[] {2}),
            "double.bias", new Tensor(new int[] {1}, new float[] {1}),
            "minus.weight", new Tensor(new int[] {1, 1, 1, 1}, new float[] {-4}),
            "minus.bias", new Tensor(new int[] {1}, new float[] {0}));
    float[] pixels = {-3, -0.25f, 0, 5};
    assertThat(one(new Residual("add", List.of(doubling), Optional.empty()), parameters, pixels))
        .containsExactly(0, 0.25f, 1, 16);
    Layer minus = new Convolution("minus", 1, 1, 1, 0, Activation.NONE);
    assertThat(one(new Residual("add", List.of(doubling), Optional.of(minus)), parameters, pixels))
        .containsExactly(7, 1.5f, 1, 0);
  }

  private static float[] one(Layer block, Map<String, Tensor> parameters, float[] pixels) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return block
          .forward(
              manager.create(pixels, new Shape(1, 1, 2, 2)),
              Forward.arrays(manager, parameters),
              false)
          .toFloatArray();
    }
  }

  @Test
  void foldedBlocksComputeTheSame() {
    for (long seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, Tensor> parameters = Forward.drawn(TOPOLOGY, random, 0.5);
      float[] images = Forward.floats(random, 5 * 48, 0, 1);
      float[] expected = Forward.scores(TOPOLOGY, parameters, images);
      Map<String, Tensor> plain = TOPOLOGY.fold(parameters);
      assertThat(plain.keySet()).containsExactlyElementsOf(TOPOLOGY.folded().parameters().keySet());
      float[] actual = Forward.scores(TOPOLOGY.folded(), plain, images);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i])
            .as("seed %d, score %d", seed, i)
            .isCloseTo(expected[i], within(2e-4f));
      }
    }
  }

  @Test
  void aBlockThatChangesTheSizeNeedsAConvolutionBesideIt() {
    Layer block =
        new Residual(
            "add1",
            List.of(new Convolution("conv1", 3, 3, 2, 1, Activation.NONE)),
            Optional.empty());
    assertThatThrownBy(() -> block.output(new FeatureMap(3, 6, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add1")
        .hasMessageContaining("cannot be added");
  }

  @Test
  void yamlNamesTheInputsOfWhatDoesNotReadTheLineAbove() {
    assertThat(TOPOLOGY.yaml("trained").lines().filter(line -> line.startsWith("  - ")))
        .containsExactly(
            "  - {name: conv1_1, type: convolution, outputChannels: 2, kernel: 3, stride: 1,"
                + " padding: 1, groups: 1, bias: true, activation: relu}",
            "  - {name: conv1_2, type: convolution, outputChannels: 2, kernel: 3, stride: 1,"
                + " padding: 1, groups: 1, bias: true, activation: none}",
            "  - {name: add1, type: add, activation: relu, inputs: [conv1_2, input]}",
            "  - {name: conv2_1, type: convolution, outputChannels: 3, kernel: 3, stride: 2,"
                + " padding: 1, groups: 1, bias: true, activation: relu}",
            "  - {name: conv2_2, type: convolution, outputChannels: 3, kernel: 3, stride: 1,"
                + " padding: 1, groups: 1, bias: true, activation: none}",
            "  - {name: conv2_0, type: convolution, outputChannels: 3, kernel: 1, stride: 2,"
                + " padding: 0, groups: 1, bias: true, activation: none, inputs: [add1]}",
            "  - {name: add2, type: add, activation: relu, inputs: [conv2_2, conv2_0]}",
            "  - {name: pool, type: meanPool, kernel: 1}",
            "  - {name: fc, type: fullyConnected, outputs: 4, bias: true, activation: none}");
  }
}
