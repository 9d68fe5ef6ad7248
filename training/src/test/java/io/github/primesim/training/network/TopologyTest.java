package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final Topology TOPOLOGY =
      new Topology(
          "tiny",
          "a \"tiny\" network",
          new FeatureMap(2, 7, 6),
          List.of(
              new Convolution("conv1", 3, 3, 2, 1, Activation.RELU),
              new MaxPool("pool1", 2, 1),
              new FullyConnected("fc1", 5, Activation.NONE)));

  @Test
  void shapesFollowFromLayerToLayer() {
    Map<String, int[]> shapes = TOPOLOGY.parameters();
    assertThat(shapes.keySet())
        .containsExactly("conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias");
    assertThat(shapes.get("conv1.weight")).containsExactly(3, 2, 3, 3);
    // 7 x 6 padded to 9 x 8, stride 2: 4 x 3; pooled 3 x 2.
    assertThat(shapes.get("fc1.weight")).containsExactly(5, 3 * 3 * 2);
    assertThat(TOPOLOGY.classes()).isEqualTo(5);
  }

  @Test
  void aKernelLargerThanItsInputIsRefused() {
    Layer layer = Convolution.valid("conv1", 1, 5, Activation.NONE);
    assertThatThrownBy(() -> layer.output(new FeatureMap(1, 4, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv1");
  }

  /** The weight layout is what the simulator reads, so it is checked against plain loops. */
  @Test
  void pyTorchComputesWhatTheLayoutSays() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, Tensor> parameters = TOPOLOGY.initialise(random);
      for (Tensor tensor : parameters.values()) {
        for (int i = 0; i < tensor.size(); i++) {
          tensor.values()[i] += 0.1f * (float) random.nextGaussian();
        }
      }
      float[] image = new float[2 * 7 * 6];
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.nextDouble();
      }
      float[] expected = loops(image, parameters);
      float[] actual = Forward.scores(TOPOLOGY, parameters, image);
      assertThat(actual).as("seed %d", seed).hasSize(5);
      for (int i = 0; i < 5; i++) {
        assertThat(actual[i])
            .as("seed %d, output %d", seed, i)
            .isCloseTo(expected[i], within(1e-4f));
      }
    }
  }

  private static float[] loops(float[] image, Map<String, Tensor> parameters) {
    float[] kernel = parameters.get("conv1.weight").values();
    float[] convolved = new float[3 * 4 * 3];
    for (int out = 0; out < 3; out++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 3; column++) {
          float sum = parameters.get("conv1.bias").values()[out];
          for (int in = 0; in < 2; in++) {
            for (int i = 0; i < 3; i++) {
              for (int j = 0; j < 3; j++) {
                int y = 2 * row + i - 1;
                int x = 2 * column + j - 1;
                if (y >= 0 && y < 7 && x >= 0 && x < 6) {
                  sum += kernel[((out * 2 + in) * 3 + i) * 3 + j] * image[(in * 7 + y) * 6 + x];
                }
              }
            }
          }
          convolved[(out * 4 + row) * 3 + column] = Math.max(0, sum);
        }
      }
    }
    float[] pooled = new float[3 * 3 * 2];
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 2; column++) {
          int at = (channel * 4 + row) * 3 + column;
          pooled[(channel * 3 + row) * 2 + column] =
              Math.max(
                  Math.max(convolved[at], convolved[at + 1]),
                  Math.max(convolved[at + 3], convolved[at + 4]));
        }
      }
    }
    float[] scores = new float[5];
    for (int out = 0; out < 5; out++) {
      scores[out] = parameters.get("fc1.bias").values()[out];
      for (int in = 0; in < pooled.length; in++) {
        scores[out] += parameters.get("fc1.weight").values()[out * pooled.length + in] * pooled[in];
      }
    }
    return scores;
  }

  @Test
  void yamlHasOneLineALayer() {
    assertThat(TOPOLOGY.yaml("trained"))
        .isEqualTo(
            """
            schema: primesim.network/1
            name: tiny
            weights: trained
            description: "a \\"tiny\\" network"
            input: {channels: 2, height: 7, width: 6, signed: false}
            layers:
              - {name: conv1, type: convolution, outputChannels: 3, kernel: 3, stride: 2, padding: 1, groups: 1, bias: true, activation: relu}
              - {name: pool1, type: maxPool, kernel: 2, stride: 1}
              - {name: fc1, type: fullyConnected, outputs: 5, bias: true, activation: none}
            """);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Npz npz = new Npz();
    TOPOLOGY.initialise(new SplittableRandom(1)).forEach(npz::put);
    assertThat(TOPOLOGY.select(npz, "w.npz")).hasSize(4);
    npz.put("fc1.weight", Tensor.zeros(5, 17));
    refused(npz, "w.npz: array fc1.weight is [5, 17] instead of [5, 18]");
    npz.put("fc1.weight", new Tensor(new int[] {5, 18}, nan()));
    refused(npz, "w.npz: array fc1.weight holds NaN");
    refused(new Npz(), "w.npz: array conv1.weight is missing");
  }

  private static float[] nan() {
    float[] values = new float[90];
    values[7] = Float.NaN;
    return values;
  }

  private static void refused(Npz npz, String message) {
    assertThatThrownBy(() -> TOPOLOGY.select(npz, "w.npz"))
        .isInstanceOf(UnusableInput.class)
        .hasMessage(message);
  }
}
