package io.github.primesim.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.training.storage.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** PyTorch's LSTM behind the layer, against the equations written down in doubles. */
class BidirectionalLstmTest {
  private static final int FEATURES = 3;
  private static final int STEPS = 5;
  private static final int UNITS = 4;
  private static final Topology TOPOLOGY =
      new Topology(
          "heard",
          "a recurrent layer",
          new FeatureMap(1, STEPS, FEATURES),
          List.of(new TimeSteps("steps", STEPS, FEATURES), new BidirectionalLstm("lstm", UNITS)));

  @Test
  void itFollowsTheEquationsInBothDirections() {
    for (long seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, Tensor> parameters = Forward.drawn(TOPOLOGY, random, 0.5);
      float[] images = Forward.floats(random, 2 * STEPS * FEATURES, -1, 1);
      float[] actual = Forward.scores(TOPOLOGY, parameters, images);
      for (int image = 0; image < 2; image++) {
        double[] forward = run(parameters, "lstm.forward", images, image, false);
        double[] backward = run(parameters, "lstm.backward", images, image, true);
        for (int i = 0; i < UNITS * STEPS; i++) {
          int at = image * 2 * UNITS * STEPS + i;
          assertThat((double) actual[at])
              .as("seed %d, image %d, forward %d", seed, image, i)
              .isCloseTo(forward[i], within(1e-6));
          assertThat((double) actual[at + UNITS * STEPS])
              .as("seed %d, image %d, backward %d", seed, image, i)
              .isCloseTo(backward[i], within(1e-6));
        }
      }
    }
  }

  @Test
  void theMeanIsOverStepsAndEachFeatureHasItsOwn() {
    Topology topology =
        new Topology(
            "mean",
            "a mean",
            new FeatureMap(1, 2, 3),
            List.of(new TimeSteps("steps", 2, 3), new MeanOverSteps("mean", 2)));
    assertThat(Forward.scores(topology, Map.of(), new float[] {1, 2, 3, 5, 8, 13}))
        .containsExactly(3, 5, 8);
    assertThat(topology.classes()).isEqualTo(3);
  }

  /** States of one direction, unit by unit, each at all steps. */
  private static double[] run(
      Map<String, Tensor> parameters, String name, float[] images, int image, boolean reverse) {
    float[] fromInput = parameters.get(name + ".input.weight").values();
    float[] bias = parameters.get(name + ".input.bias").values();
    float[] fromState = parameters.get(name + ".weight").values();
    double[] output = new double[UNITS * STEPS];
    double[] h = new double[UNITS];
    double[] c = new double[UNITS];
    for (int i = 0; i < STEPS; i++) {
      int step = reverse ? STEPS - 1 - i : i;
      double[] next = new double[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        double[] gate = new double[4];
        for (int g = 0; g < 4; g++) {
          int row = g * UNITS + unit;
          gate[g] = bias[row];
          for (int f = 0; f < FEATURES; f++) {
            gate[g] +=
                fromInput[row * FEATURES + f] * images[(image * STEPS + step) * FEATURES + f];
          }
          for (int k = 0; k < UNITS; k++) {
            gate[g] += fromState[row * UNITS + k] * h[k];
          }
        }
        c[unit] = sigmoid(gate[1]) * c[unit] + sigmoid(gate[0]) * Math.tanh(gate[2]);
        next[unit] = sigmoid(gate[3]) * Math.tanh(c[unit]);
        output[unit * STEPS + step] = next[unit];
      }
      h = next;
    }
    return output;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
