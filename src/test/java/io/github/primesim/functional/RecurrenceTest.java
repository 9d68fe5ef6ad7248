package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.View;
import io.github.primesim.network.WeightMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LSTM, GRU and plain RNN against the equations of their papers, written down once more in doubles.
 */
class RecurrenceTest {
  private static final int FEATURES = 3;
  private static final int UNITS = 4;
  private static final int STEPS = 7;
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);

  @ParameterizedTest
  @CsvSource({
    "LSTM, false",
    "LSTM, true",
    "GRU, false",
    "GRU, true",
    "RNN, false",
    "RNN, true",
    "RNN_RELU, true"
  })
  void followsTheEquations(Recurrence.Cell cell, boolean bidirectional) {
    for (long seed = 1; seed <= 5; seed++) {
      Network network = network(cell, bidirectional);
      GivenWeights weights = weights(network, seed);
      float[] input = values(seed, FEATURES * STEPS);

      float[] output = new FloatInference(network, weights).run(input);

      double[] expected = reference(network, weights, input);
      for (int i = 0; i < expected.length; i++) {
        assertThat(output[i])
            .as("output %d, seed %d", i, seed)
            .isCloseTo((float) expected[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LSTM", "GRU", "RNN", "RNN_RELU"})
  void beginsWithTheStateItIsGiven(Recurrence.Cell cell) {
    // The first half of the steps, then the second half from where it ended.
    Network whole = network(cell, false);
    GivenWeights weights = weights(whole, 1);
    float[] input = values(1, FEATURES * STEPS);
    double[] expected = reference(whole, weights, input);

    List<Layer> layers = new ArrayList<>();
    layers.add(cut("x", Network.INPUT, FEATURES, STEPS - 1, 0));
    layers.add(gates("f.input", "x", cell));
    layers.add(
        new Recurrence(
            "f",
            cell == Recurrence.Cell.LSTM
                ? List.of("f.input", "h0", "c0")
                : List.of("f.input", "h0"),
            cell,
            false,
            cell == Recurrence.Cell.GRU));
    layers.add(0, cut("h0", Network.INPUT, UNITS, 1, FEATURES * (STEPS - 1)));
    layers.add(0, cut("c0", Network.INPUT, UNITS, 1, FEATURES * (STEPS - 1) + UNITS));
    Network rest =
        new Network(
            "n",
            Origin.TRAINED,
            "",
            Shape.vector(FEATURES * (STEPS - 1) + 2 * UNITS),
            true,
            layers);
    float[] after = new float[rest.input().size()];
    for (int feature = 0; feature < FEATURES; feature++) {
      System.arraycopy(input, feature * STEPS + 1, after, feature * (STEPS - 1), STEPS - 1);
    }
    double[][] first = stepOfReference(whole, weights, input);
    for (int unit = 0; unit < UNITS; unit++) {
      after[FEATURES * (STEPS - 1) + unit] = (float) first[0][unit];
      after[FEATURES * (STEPS - 1) + UNITS + unit] = (float) first[1][unit];
    }

    float[] output = new FloatInference(rest, weights).run(after);

    for (int unit = 0; unit < UNITS; unit++) {
      assertThat(output[unit * (STEPS - 1) + STEPS - 2])
          .isCloseTo((float) expected[unit * STEPS + STEPS - 1], within(1e-6f));
    }
  }

  /** Every mapping computes the same integers; those are close to floating point. */
  @ParameterizedTest
  @CsvSource({"LSTM, false", "GRU, true", "RNN, true", "RNN_RELU, false"})
  void crossbarsComputeTheGates(Recurrence.Cell cell, boolean bidirectional) {
    Network network = network(cell, bidirectional);
    GivenWeights weights = weights(network, 3);
    float[] input = values(3, FEATURES * STEPS);
    ConversionBits lossless = new ConversionBits(List.of(List.of(30, 30), List.of(30, 30)));
    for (SignScheme signs : SignScheme.values()) {
      NetworkCalibration calibration = calibration(network, weights, signs);
      float[] exact = new IntegerInference(network, weights, calibration).run(input);
      for (String mapping : Mappings.names()) {
        assertThat(
                new PrimeInference(
                        network,
                        weights,
                        calibration,
                        Mappings.named(mapping),
                        Matrices.crossbars(16, 16, signs),
                        lossless)
                    .run(input))
            .as("%s, %s", mapping, signs)
            .isEqualTo(exact);
      }
      float[] real = new FloatInference(network, weights).run(input);
      for (int i = 0; i < real.length; i++) {
        assertThat(exact[i]).isCloseTo(real[i], within(0.1f));
      }
    }
  }

  private static Network network(Recurrence.Cell cell, boolean bidirectional) {
    boolean bias = cell == Recurrence.Cell.GRU;
    List<Layer> layers = new ArrayList<>();
    layers.add(gates("f.input", Network.INPUT, cell));
    layers.add(new Recurrence("f", List.of("f.input"), cell, false, bias));
    if (bidirectional) {
      layers.add(gates("b.input", Network.INPUT, cell));
      layers.add(new Recurrence("b", List.of("b.input"), cell, true, bias));
      layers.add(new Concatenation("both", List.of("f", "b")));
    }
    return new Network("n", Origin.TRAINED, "", new Shape(FEATURES, STEPS, 1), true, layers);
  }

  private static Convolution gates(String name, String input, Recurrence.Cell cell) {
    return new Convolution(
        name, List.of(input), cell.gates() * UNITS, 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE);
  }

  private static View cut(String name, String input, int channels, int steps, int offset) {
    return new View(
        name,
        List.of(input),
        new Shape(channels, steps, 1),
        offset,
        List.of(channels * steps),
        List.of(1));
  }

  private static GivenWeights weights(Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GivenWeights weights = new GivenWeights();
    for (Layer layer : network.weightedLayers()) {
      weights.random(random, layer.name(), 0, network.rows(layer), network.columns(layer), 0.8);
    }
    return weights;
  }

  private static float[] values(long seed, int count) {
    SplittableRandom random = new SplittableRandom(~seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  private static NetworkCalibration calibration(
      Network network, GivenWeights weights, SignScheme signs) {
    return new NetworkCalibration(
        "n",
        NetworkCalibration.Basis.MEASURED,
        1,
        FORMATS,
        network.weightedLayers().stream()
            .map(
                layer ->
                    new Calibration(
                        layer.name(),
                        true,
                        1.0 / 32,
                        layer.bias() ? 32 : 0,
                        List.of(),
                        List.of(
                            new SenseAmplifierWindow(
                                signs, 16, weights.quantized(layer, 0, 8, 1).scale() / 32))))
            .toList());
  }

  private static double[] reference(Network network, GivenWeights weights, float[] input) {
    double[] output = new double[network.outputShape(network.output().name()).size()];
    run(network, weights, "f", input, output, 0, STEPS);
    if (output.length > UNITS * STEPS) {
      run(network, weights, "b", input, output, UNITS * STEPS, STEPS);
    }
    return output;
  }

  private static double[][] stepOfReference(Network network, GivenWeights weights, float[] input) {
    return run(network, weights, "f", input, new double[UNITS * STEPS], 0, 1);
  }

  /** Returns state and cell state after {@code steps} steps. */
  private static double[][] run(
      Network network,
      GivenWeights given,
      String name,
      float[] input,
      double[] output,
      int at,
      int steps) {
    Recurrence layer = (Recurrence) network.layer(name);
    WeightMatrix fromInput = given.matrix(network.layer(name + ".input"), 0);
    WeightMatrix fromState = given.matrix(layer, 0);
    double[] h = new double[UNITS];
    double[] c = new double[UNITS];
    for (int i = 0; i < steps; i++) {
      int t = layer.reverse() ? STEPS - 1 - i : i;
      double[] next = new double[UNITS];
      for (int u = 0; u < UNITS; u++) {
        double[] x = new double[layer.cell().gates()];
        double[] s = new double[x.length];
        for (int g = 0; g < x.length; g++) {
          int column = g * UNITS + u;
          x[g] = fromInput.at(FEATURES, column);
          for (int f = 0; f < FEATURES; f++) {
            x[g] += input[f * STEPS + t] * fromInput.at(f, column);
          }
          for (int k = 0; k < UNITS; k++) {
            s[g] += h[k] * fromState.at(k, column);
          }
          s[g] += layer.bias() ? fromState.at(UNITS, column) : 0;
        }
        if (layer.cell() == Recurrence.Cell.LSTM) {
          c[u] = sigmoid(x[1] + s[1]) * c[u] + sigmoid(x[0] + s[0]) * Math.tanh(x[2] + s[2]);
          next[u] = sigmoid(x[3] + s[3]) * Math.tanh(c[u]);
        } else if (layer.cell() == Recurrence.Cell.RNN) {
          next[u] = Math.tanh(x[0] + s[0]);
        } else if (layer.cell() == Recurrence.Cell.RNN_RELU) {
          next[u] = Math.max(x[0] + s[0], 0);
        } else {
          double z = sigmoid(x[1] + s[1]);
          next[u] = (1 - z) * Math.tanh(x[2] + sigmoid(x[0] + s[0]) * s[2]) + z * h[u];
        }
        output[at + u * STEPS + t] = next[u];
      }
      h = next;
    }
    return new double[][] {h, c};
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
