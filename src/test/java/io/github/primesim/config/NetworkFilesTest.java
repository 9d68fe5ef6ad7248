package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.NpzBytes;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFilesTest {
  private static final String STORED =
      """
      schema: primesim.network/1
      name: small
      weights: imported
      description: two branches that meet
      input: {channels: 2, height: 4, width: 6, signed: true}
      layers:
        - {name: c, type: convolution, outputChannels: 4, kernel: [3, 1], stride: [1, 2],
           padding: [1, 0], groups: 2, bias: false, activation: relu, batchNorm: true,
           epsilon: 0.01}
        - {name: p, type: maxPool, kernel: [2, 1]}
        - {name: q, type: meanPool, inputs: [c], kernel: 3, stride: [2, 1], padding: [0, 1]}
        - {name: s, type: fullyConnected, inputs: [p], outputs: 5, activation: sigmoid}
        - {name: t, type: fullyConnected, inputs: [p], outputs: 5, bias: false, activation: tanh}
        - {name: sum, type: add, inputs: [s, t]}
      """;

  private static final String SYNTHETIC =
      """
      schema: primesim.network/1
      name: drawn
      weights: synthetic
      description: two layers
      input: {channels: 1, height: 8, width: 8, signed: false}
      layers:
        - {name: c, type: convolution, outputChannels: 4, kernel: 3}
        - {name: p, type: maxPool, kernel: 2}
        - {name: f, type: fullyConnected, outputs: 10}
      synthetic:
        seed: 1
        model: log-normal
        sigma: 0.25
        densities: {c: 0.5, f: 1}
      """;

  private Path root;
  private Path folder;

  @BeforeEach
  void installation(@TempDir Path installation) throws IOException {
    root = installation;
    folder = Files.createDirectories(installation.resolve("networks/small"));
  }

  private static NpzBytes weights() {
    NpzBytes npz = new NpzBytes().floats("c.weight", new int[] {4, 1, 3, 1}, new float[12]);
    for (String part : List.of("gamma", "beta", "mean", "variance")) {
      npz.floats("c.bn." + part, new int[] {4}, 1, 2, 3, 4);
    }
    return npz.floats("s.weight", new int[] {5, 24}, new float[120])
        .floats("s.bias", new int[] {5}, new float[5])
        .floats("t.weight", new int[] {5, 24}, new float[120]);
  }

  private LoadedNetwork load(String yaml) throws IOException {
    Files.writeString(folder.resolve("network.yaml"), yaml);
    return new NetworkFiles(root).load("small");
  }

  private void refused(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(InputProblem.class)
        .hasMessage(folder.resolve("network.yaml") + ":" + message);
  }

  @Test
  void imagesMayLieInAnotherFolder() throws IOException {
    weights().write(folder.resolve("weights.npz"));
    assertThat(load(STORED).images()).isEqualTo(folder);
    Path shared = Files.createDirectory(folder.resolve("photographs"));
    assertThat(load(STORED + "images: photographs\n").images()).isEqualTo(shared);
    assertThat(load(STORED + "images: photographs/../photographs\n").images()).isEqualTo(shared);
    int line = STORED.split("\n").length + 1;
    refused(
        STORED + "images: missing\n",
        line + ": key 'images' is \"missing\", allowed: a folder that exists, seen from " + folder);
    refused(
        STORED + "images: network.yaml\n",
        line
            + ": key 'images' is \"network.yaml\", allowed: a folder that exists, seen from "
            + folder);
  }

  @Test
  void everyKeyReachesTheGraph() throws IOException {
    weights().write(folder.resolve("weights.npz"));
    LoadedNetwork loaded = load(STORED);
    Network network = loaded.network();
    assertThat(network.name()).isEqualTo("small");
    assertThat(network.origin()).isEqualTo(Origin.IMPORTED);
    assertThat(network.description()).isEqualTo("two branches that meet");
    assertThat(network.input()).isEqualTo(new Shape(2, 4, 6));
    assertThat(network.signedInput()).isTrue();
    assertThat(loaded.directory()).isEqualTo(folder);
    assertThat(network.layers())
        .containsExactly(
            new Convolution("c", List.of("input"), 4, 3, 1, 1, 2, 1, 0, 2, true, Activation.RELU),
            new Pooling("p", List.of("c"), Pooling.Kind.MAX, 2, 1, 2, 1, 0, 0),
            new Pooling("q", List.of("c"), Pooling.Kind.MEAN, 3, 3, 2, 1, 0, 1),
            new FullyConnected("s", List.of("p"), 5, true, Activation.SIGMOID),
            new FullyConnected("t", List.of("p"), 5, false, Activation.TANH),
            new Addition("sum", List.of("s", "t"), Activation.NONE));
    // (0 - 3) / sqrt(4 + 0.01) * 1 + 2 in the last output
    float folded = loaded.weights().matrix(network.layer("c"), 1).at(3, 1);
    assertThat(folded).isEqualTo((float) ((0 - 4) * (4 / Math.sqrt(4.01)) + 4));
  }

  @Test
  void defaultsAreThoseOfTheFormat() throws IOException {
    Network network = load(SYNTHETIC).network();
    assertThat(network.layers())
        .containsExactly(
            new Convolution("c", List.of("input"), 4, 3, 3, 1, 1, 0, 0, 1, true, Activation.NONE),
            new Pooling("p", List.of("c"), Pooling.Kind.MAX, 2, 2, 2, 2, 0, 0),
            new FullyConnected("f", List.of("p"), 10, true, Activation.NONE));
  }

  /** Weight i of an array is i, so that a value says where it stood. */
  @Test
  void anLstmIsReadInTheOrderOfItsGates() throws IOException {
    NpzBytes npz = new NpzBytes();
    for (String direction : List.of("l.forward", "l.backward")) {
      npz.floats(direction + ".input.weight", new int[] {8, 3}, counting(24))
          .floats(direction + ".input.bias", new int[] {8}, counting(8))
          .floats(direction + ".weight", new int[] {8, 2}, counting(16));
    }
    npz.write(folder.resolve("weights.npz"));
    LoadedNetwork loaded =
        load(
            """
            schema: primesim.network/1
            name: small
            weights: trained
            description: two units each way
            input: {channels: 3, height: 5, width: 1, signed: false}
            layers:
              - {name: l, type: lstm, units: 2, bidirectional: true}
            """);
    Network network = loaded.network();
    assertThat(network.layers())
        .containsExactly(
            gates("l.forward.input"),
            new Recurrence(
                "l.forward", List.of("l.forward.input"), Recurrence.Cell.LSTM, false, false),
            gates("l.backward.input"),
            new Recurrence(
                "l.backward", List.of("l.backward.input"), Recurrence.Cell.LSTM, true, false),
            new Concatenation("l", List.of("l.forward", "l.backward")));
    assertThat(network.outputShape("l")).isEqualTo(new Shape(4, 5, 1));
    WeightMatrix fromInput = loaded.weights().matrix(network.layer("l.backward.input"), 0);
    WeightMatrix fromState = loaded.weights().matrix(network.layer("l.backward"), 0);
    assertThat(fromInput.at(2, 7)).as("third input of the last gate").isEqualTo(23);
    assertThat(fromInput.at(3, 6)).as("bias").isEqualTo(6);
    assertThat(fromState.at(1, 4)).as("second unit to the first sum of gate g").isEqualTo(9);

    // What prune and import write is read as the same.
    Path copy = Files.createDirectories(root.resolve("networks/copy"));
    NetworkFolder writer = new NetworkFolder(network);
    Files.writeString(copy.resolve("network.yaml"), writer.yaml("copy", "the same"));
    try (OutputStream out = Files.newOutputStream(copy.resolve("weights.npz"))) {
      writer.writeWeights(out, loaded.weights());
    }
    LoadedNetwork again = new NetworkFiles(root).load("copy");
    assertThat(again.network().layers()).isEqualTo(network.layers());
    for (Layer layer : network.weightedLayers()) {
      assertThat(again.weights().matrix(layer, 0).values())
          .as(layer.name())
          .containsExactly(loaded.weights().matrix(layer, 0).values());
    }
  }

  @Test
  void aRectifiedStateIsWrittenAsItIsRead() throws IOException {
    new NpzBytes()
        .floats("r.weight", new int[] {2, 2}, counting(4))
        .write(folder.resolve("weights.npz"));
    Network network =
        load("""
                schema: primesim.network/1
                name: small
                weights: trained
                description: two units
                input: {channels: 2, height: 5, width: 1, signed: false}
                layers:
                  - {name: r, type: recurrence, cell: rnnRelu}
                """)
            .network();

    assertThat(network.layers())
        .containsExactly(
            new Recurrence("r", List.of("input"), Recurrence.Cell.RNN_RELU, false, false));
    assertThat(new NetworkFolder(network).yaml("copy", "the same")).contains("cell: rnnRelu,");
  }

  private static Convolution gates(String name) {
    return new Convolution(name, List.of("input"), 8, 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE);
  }

  private static float[] counting(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  @Test
  void theDigestFollowsTheContent() throws IOException {
    weights().write(folder.resolve("weights.npz"));
    String first = load(STORED).digest();
    assertThat(first).matches("[0-9a-f]{64}").isEqualTo(load(STORED).digest());
    assertThat(load(STORED.replace("that meet", "which meet")).digest()).isNotEqualTo(first);
    float[] changed = new float[120];
    changed[7] = 1;
    weights().floats("t.weight", new int[] {5, 24}, changed).write(folder.resolve("weights.npz"));
    assertThat(load(STORED).digest()).isNotEqualTo(first);
    String drawn = load(SYNTHETIC).digest();
    assertThat(load(SYNTHETIC.replace("seed: 1", "seed: 2")).digest()).isNotEqualTo(drawn);
  }

  @Test
  void aBundledNameAFolderAndNothingElseIsLoaded() throws IOException {
    Path own = Files.createDirectories(root.resolve("own"));
    Files.writeString(own.resolve("network.yaml"), SYNTHETIC);
    Files.writeString(folder.resolve("network.yaml"), SYNTHETIC);
    Files.createDirectories(root.resolve("networks/empty"));
    NetworkFiles files = new NetworkFiles(root);
    assertThat(files.names()).containsExactly("small");
    assertThat(files.load(own.toString()).directory()).isEqualTo(own);
    assertThat(new NetworkFiles(own).names()).isEmpty();
    for (String unknown : List.of("smal", "", "net\u0000work")) {
      assertThatThrownBy(() -> files.load(unknown))
          .isInstanceOf(InputProblem.class)
          .hasMessageEndingWith(
              "is unknown, allowed: small, a folder with network.yaml, or an ONNX file");
    }
    for (String missing : List.of("../own", "x.onnx", "X.ONNX")) {
      assertThatThrownBy(() -> files.load(missing))
          .isInstanceOf(InputProblem.class)
          .hasMessage(
              "network '"
                  + missing
                  + "' does not exist, allowed: an ONNX file, or a folder with network.yaml");
    }
    assertThatThrownBy(() -> files.load(root.toString()))
        .isInstanceOf(InputProblem.class)
        .hasMessage(root.resolve("network.yaml") + ": no such file");
  }

  @Test
  void missingOrMisshapenWeightsAreRefused() {
    assertThatThrownBy(() -> load(STORED))
        .isInstanceOf(InputProblem.class)
        .hasMessage(folder.resolve("weights.npz") + ": no such file");
    weights()
        .floats("s.weight", new int[] {24, 5}, new float[120])
        .write(folder.resolve("weights.npz"));
    assertThatThrownBy(() -> load(STORED))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            folder.resolve("weights.npz")
                + ": array 's.weight' has the shape [24, 5], layer 's' needs [5, 24]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          primesim.network/1 | primesim.network/2 | 1: key 'schema' is "primesim.network/2", allowed: primesim.network/1
          name: drawn | name: dr awn | 2: key 'name' is "dr awn", allowed: one word of letters, digits, _ . -
          weights: synthetic | weights: random | 3: key 'weights' is "random", allowed: trained, synthetic, imported
          height: 8 | height: 0 | 5: key 'input.height' is 0, allowed: 1 and above
          width: 8 | 'width: 8, depth: 8' | 5: unknown key 'input.depth', allowed here: channels, height, signed, width
          type: maxPool | type: MaxPool | 8: key 'layers[1].type' is "MaxPool", allowed: convolution, fullyConnected, lstm, gru, rnn, recurrence, maxPool, meanPool, add, multiply, affine, lookup, softmax, concatenate, view, host
          type: maxPool | kind: maxPool | 8: key 'layers[1].type' is missing
          type: maxPool | type: add | 8: unknown key 'layers[1].kernel', allowed here: activation, inputs, name, type
          'kernel: 3}' | 'kernel: 3, krnl: 2}' | 7: unknown key 'layers[0].krnl', allowed here: activation, batchNorm, bias, epsilon, groups, inputs, kernel, name, outputChannels, padding, stride, type
          ', kernel: 3}' | } | 7: key 'layers[0].kernel' is missing
          'kernel: 3}' | 'kernel: 3.5}' | 7: key 'layers[0].kernel' is 3.5, allowed: an integer, or [height, width]
          'kernel: 3}' | 'kernel: [3]}' | 7: key 'layers[0].kernel' allowed: an integer, or [height, width]
          'kernel: 3}' | 'kernel: 3, stride: 0}' | 7: key 'layers[0].stride' is 0, allowed: 1 and above
          'kernel: 3}' | 'kernel: 3, activation: relu6}' | 7: key 'layers[0].activation' is "relu6", allowed: none, relu, sigmoid, tanh
          'kernel: 3}' | 'kernel: 3, bias: 1}' | 7: key 'layers[0].bias' is 1, allowed: true, false
          'kernel: 3}' | 'kernel: 3, inputs: x}' | 7: key 'layers[0].inputs' is "x", allowed: a list
          'kernel: 3}' | 'kernel: 3, inputs: [x]}' | 7: layer 'c': reads 'x', allowed: input
          'kernel: 3}' | 'kernel: 9}' | 7: layer 'c': height of the window: kernel 9 exceeds the padded input of 8
          'kernel: 3}' | 'kernel: 3, epsilon: 1}' | 7: key 'layers[0].epsilon' is 1, is allowed with 'batchNorm: true' only
          'kernel: 3}' | 'kernel: 3, batchNorm: true, epsilon: 0.0}' | 7: key 'layers[0].epsilon' is 0.0, allowed: above 0
          'kernel: 3}' | 'kernel: 3, batchNorm: true}' | 7: key 'layers[0].batchNorm' is true, synthetic weights have no batch normalisation to fold
          name: f | name: c | 9: layer 'c': the name is given twice
          outputs: 10 | outputs: many | 9: key 'layers[2].outputs' is "many", allowed: an integer from -2147483648 to 2147483647
          sigma: 0.25 | sigma: 3 | 13: key 'synthetic.sigma' is 3, allowed: 0 to 2
          log-normal | normal | 12: key 'synthetic.model' is "normal", allowed: log-normal
          'f: 1}' | 'f: 0}' | 14: key 'synthetic.densities.f' is 0, allowed: above 0 and at most 1
          'f: 1}' | 'p: 1}' | 14: key 'synthetic.densities.p' is 1, allowed here: the layers with weights, c, f
          ', f: 1}' | } | 14: key 'synthetic.densities.f' is missing
          seed: 1 | seed: 1.5 | 11: key 'synthetic.seed' is 1.5, allowed: an integer of 64 bits
          weights: synthetic | weights: trained | 10: key 'synthetic' is allowed with 'weights: synthetic' only
          """)
  void aDescriptionThatIsNotExactIsRefused(String sound, String broken, String message) {
    assertThat(SYNTHETIC).contains(sound);
    refused(SYNTHETIC.replace(sound, broken), message);
  }

  @Test
  void whatIsMissingAltogetherIsRefused() {
    String head = SYNTHETIC.substring(0, SYNTHETIC.indexOf("synthetic:\n"));
    refused(head, "1: key 'synthetic' is missing, 'weights: synthetic' needs it");
    String empty = SYNTHETIC.replaceFirst("(?s)layers:.*synthetic:\n", "layers: []\nsynthetic:\n");
    refused(empty, "6: key 'layers' is empty, allowed: at least one layer");
    String scalar = empty.replace("[]", "[conv]");
    refused(scalar, "6: key 'layers[0]' is \"conv\", allowed: a mapping of keys to values");
  }
}
