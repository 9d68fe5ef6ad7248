package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.network.Layer;
import io.github.primesim.network.NpzBytes;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arrays of a state dictionary are the network's, without being renamed. */
class PyTorchArraysTest {
  private static final String YAML =
      """
      schema: primesim.network/1
      name: speech
      weights: imported
      description: a convolution along time, two LSTM layers, a GRU, an RNN and a classifier
      input: {channels: 3, height: 8, width: 1, signed: true}
      layers:
        - {name: features.0, type: convolution, outputChannels: 4, kernel: [3, 1], padding: [1, 0],
           bias: false, batchNorm: features.1, activation: relu}
        - {name: lstm.l0, type: lstm, units: 2, bidirectional: true}
        - {name: lstm.l1, type: lstm, units: 2, bidirectional: true}
        - {name: gru, type: gru, units: 3}
        - {name: rnn, type: rnn, units: 3}
        - {name: fc, type: fullyConnected, outputs: 5}
      """;

  @TempDir private Path folder;

  /** Arrays of the state dictionary, in the order in which PyTorch writes them. */
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  private final Map<String, float[]> values = new TreeMap<>();

  @BeforeEach
  void stateDictionary() {
    array("features.0.weight", 4, 3, 3);
    array("features.1.weight", 4);
    array("features.1.bias", 4);
    array("features.1.running_mean", 4);
    array("features.1.running_var", 4);
    for (int layer = 0; layer < 2; layer++) {
      for (String end : new String[] {"_l" + layer, "_l" + layer + "_reverse"}) {
        array("lstm.weight_ih" + end, 8, 4);
        array("lstm.weight_hh" + end, 8, 2);
        array("lstm.bias_ih" + end, 8);
        array("lstm.bias_hh" + end, 8);
      }
    }
    array("gru.weight_ih_l0", 9, 4);
    array("gru.weight_hh_l0", 9, 3);
    array("gru.bias_ih_l0", 9);
    array("gru.bias_hh_l0", 9);
    array("rnn.weight_ih_l0", 3, 3);
    array("rnn.weight_hh_l0", 3, 3);
    array("rnn.bias_ih_l0", 3);
    array("rnn.bias_hh_l0", 3);
    array("fc.weight", 5, 24);
    array("fc.bias", 5);
  }

  private void array(String name, int... shape) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] drawn = new float[size];
    for (int i = 0; i < size; i++) {
      drawn[i] = (float) random.nextDouble();
    }
    shapes.put(name, shape);
    values.put(name, drawn);
  }

  private LoadedNetwork load() throws IOException {
    Files.writeString(folder.resolve("network.yaml"), YAML);
    return new NetworkFiles(folder).load(folder.toString());
  }

  private SafetensorsBytes safetensors() {
    SafetensorsBytes file = new SafetensorsBytes();
    shapes.forEach((name, shape) -> file.floats(name, shape, values.get(name)));
    return file.raw("features.1.num_batches_tracked", "I64", new int[] {}, new byte[8]);
  }

  private float[] sum(String module, String end) {
    float[] sum = values.get(module + ".bias_ih" + end).clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values.get(module + ".bias_hh" + end)[i];
    }
    return sum;
  }

  /** The same weights under the names of the format. */
  private NpzBytes npz() {
    NpzBytes file = new NpzBytes();
    copy(file, "features.0.weight", "features.0.weight");
    copy(file, "features.0.bn.gamma", "features.1.weight");
    copy(file, "features.0.bn.beta", "features.1.bias");
    copy(file, "features.0.bn.mean", "features.1.running_mean");
    copy(file, "features.0.bn.variance", "features.1.running_var");
    for (int layer = 0; layer < 2; layer++) {
      for (String direction : new String[] {"forward", "backward"}) {
        String ours = "lstm.l" + layer + "." + direction;
        String end = "_l" + layer + (direction.equals("backward") ? "_reverse" : "");
        copy(file, ours + ".input.weight", "lstm.weight_ih" + end);
        copy(file, ours + ".weight", "lstm.weight_hh" + end);
        file.floats(ours + ".input.bias", new int[] {8}, sum("lstm", end));
      }
    }
    copy(file, "gru.input.weight", "gru.weight_ih_l0");
    copy(file, "gru.weight", "gru.weight_hh_l0");
    copy(file, "gru.input.bias", "gru.bias_ih_l0");
    copy(file, "gru.bias", "gru.bias_hh_l0");
    copy(file, "rnn.input.weight", "rnn.weight_ih_l0");
    copy(file, "rnn.weight", "rnn.weight_hh_l0");
    file.floats("rnn.input.bias", new int[] {3}, sum("rnn", "_l0"));
    copy(file, "fc.weight", "fc.weight");
    copy(file, "fc.bias", "fc.bias");
    return file;
  }

  private void copy(NpzBytes file, String ours, String theirs) {
    file.floats(ours, shapes.get(theirs), values.get(theirs));
  }

  @Test
  void theSameWeightsAreReadUnderEitherName() throws IOException {
    safetensors().write(folder.resolve("weights.safetensors"));
    LoadedNetwork theirs = load();
    Map<String, float[]> read = matrices(theirs);
    Files.delete(folder.resolve("weights.safetensors"));
    npz().write(folder.resolve("weights.npz"));
    // The module that normalises keeps its own names in the other file.
    Files.writeString(
        folder.resolve("network.yaml"), YAML.replace("batchNorm: features.1", "batchNorm: true"));
    LoadedNetwork ours = new NetworkFiles(folder).load(folder.toString());

    assertThat(read).hasSize(14);
    matrices(ours).forEach((name, matrix) -> assertThat(read.get(name)).as(name).isEqualTo(matrix));
    assertThat(theirs.digest()).isNotEqualTo(ours.digest());
  }

  private static Map<String, float[]> matrices(LoadedNetwork loaded) {
    Map<String, float[]> all = new TreeMap<>();
    for (Layer layer : loaded.network().weightedLayers()) {
      io.github.primesim.network.WeightMatrix matrix = loaded.weights().matrix(layer, 0);
      float[] flat = new float[matrix.rows() * matrix.columns()];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = matrix.at(i / matrix.columns(), i % matrix.columns());
      }
      all.put(layer.name(), flat);
    }
    return all;
  }

  @Test
  void problemsNameTheArraysOfTheFile() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    shapes.put("lstm.bias_hh_l1", new int[] {2, 4});
    safetensors().write(file);
    refused(
        file
            + ": arrays 'lstm.bias_ih_l1' and 'lstm.bias_hh_l1' have the shapes [8] and [2, 4],"
            + " they are added and must be equal");
    shapes.put("lstm.bias_hh_l1", new int[] {8});
    shapes.put("gru.weight_hh_l0", new int[] {3, 9});
    safetensors().write(file);
    refused(file + ": array 'gru.weight_hh_l0' has the shape [3, 9], layer 'gru' needs [9, 3]");
    shapes.remove("gru.weight_hh_l0");
    safetensors().write(file);
    assertThatThrownBy(this::load)
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": array 'gru.weight_hh_l0' is missing, found: features.0");
    shapes.put("gru.weight_hh_l0", new int[] {9, 3});
    array("head.weight", 1);
    safetensors().write(file);
    assertThatThrownBy(this::load)
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(
            file
                + ": unexpected array 'head.weight', allowed: features.0.weight,"
                + " features.1.weight,");
  }

  /** The description on the page for users fits the model above it. */
  @Test
  void theExampleOfThePageLoads() throws IOException {
    String page = Files.readString(Path.of("docs/import.md"));
    Files.writeString(
        folder.resolve("network.yaml"), page.split("```yaml\n", 2)[1].split("```", 2)[0]);
    shapes.clear();
    array("0.weight", 8, 1, 5, 5);
    array("0.bias", 8);
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      array("1." + part, 8);
    }
    array("5.weight", 10, 8 * 12 * 12);
    array("5.bias", 10);
    SafetensorsBytes file = new SafetensorsBytes();
    shapes.forEach((name, shape) -> file.floats(name, shape, values.get(name)));
    file.raw("1.num_batches_tracked", "I64", new int[] {}, new byte[8]);
    file.write(folder.resolve("weights.safetensors"));

    LoadedNetwork loaded = new NetworkFiles(folder).load(folder.toString());

    assertThat(matrices(loaded)).containsOnlyKeys("0", "5");
  }

  @Test
  void twoFilesOfWeightsAreRefused() throws IOException {
    safetensors().write(folder.resolve("weights.safetensors"));
    npz().write(folder.resolve("weights.npz"));
    refused(folder + ": holds weights.npz and weights.safetensors, allowed: one of them");
  }

  private void refused(String message) {
    assertThatThrownBy(this::load).isInstanceOf(InputProblem.class).hasMessage(message);
  }
}
