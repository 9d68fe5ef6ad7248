package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.primesim.config.LoadedNetwork;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.NpzFile;
import io.github.primesim.network.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code primesim prune} from the command line to the folder it writes. */
class PruneCommandTest {
  @TempDir private Path folder;

  private CommandRun prune(String options, Path out) {
    String line = "prune " + options + " --crossbar 32x32 --out " + out;
    return CommandRun.of(line.split(" "));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("--scheme lottery --target 0.5", List.of("'lottery'", "magnitude, crossbar")),
        arguments("--scheme segment --target 1", List.of("--target '1'", "0 to below 1")),
        arguments("--scheme segment --target -0.1", List.of("--target '-0.1'", "0 to below 1")),
        arguments("--scheme segment --target NaN", List.of("--target 'NaN'", "0 to below 1")),
        arguments("--scheme segment --target many", List.of("--target 'many'", "0 to below 1")),
        arguments("--scheme segment", List.of("--target")),
        arguments("--target 0.5", List.of("--scheme")),
        arguments("--scheme segment --target 0.5 --rank size", List.of("'size'", "norm, cost")),
        arguments("--scheme magnitude --target 0.5 --rank cost", List.of("'cost'", "norm")),
        arguments(
            "--scheme segment --target 0.5 --of crossbars", List.of("'crossbars'", "weights")),
        arguments("--scheme crossbar --target 0.5 --of cells", List.of("'cells'", "utilization")),
        arguments("--scheme segment --target 0.5 --per row", List.of("'row'", "global, layer")),
        arguments(
            "--scheme segment --target 0.5 --protect pool1",
            List.of("'pool1'", "no layer with weights", "conv1, conv2, fc1, fc2")),
        arguments("--scheme segment --target 0.9999", List.of("0.9999", "not protected")),
        arguments(
            "--scheme segment --target 0.9999 --protect none", List.of("whole layer", "allowed")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesInOneLineAndWritesNothing(String options, List<String> parts) {
    Path out = folder.resolve("out");
    CommandRun run = prune(options, out);
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("primesim: ").contains(parts).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesANetworkWithoutWeightsAndItsOwnFolder() throws IOException {
    Path network = Files.createDirectory(folder.resolve("poolOnly"));
    Files.writeString(
        network.resolve("network.yaml"),
        """
        schema: primesim.network/1
        name: poolOnly
        weights: trained
        description: "no weights"
        input: {channels: 1, height: 8, width: 8, signed: false}
        layers:
          - {name: pool1, type: maxPool, kernel: 2}
        """);
    try (java.util.zip.ZipOutputStream empty =
        new java.util.zip.ZipOutputStream(Files.newOutputStream(network.resolve("weights.npz")))) {
      empty.finish();
    }
    CommandRun run =
        prune("--scheme segment --target 0.5 --network " + network, folder.resolve("o"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("no layer with weights").hasLineCount(1);

    CommandRun same =
        prune(
            "--scheme segment --target 0.5 --network lenet5-mnist",
            Path.of("networks/lenet5-mnist"));
    assertThat(same.exit()).isEqualTo(2);
    assertThat(same.err()).contains("another folder").hasLineCount(1);

    Path link = Files.createSymbolicLink(folder.resolve("link"), network.toAbsolutePath());
    CommandRun linked =
        prune("--scheme magnitude --target 0.5 --network " + network, folder.resolve("link"));
    assertThat(linked.exit()).isEqualTo(2);
    assertThat(linked.err()).contains(link + "' is the network itself").hasLineCount(1);
  }

  @Test
  void aFolderThatRefusesFilesIsKnownBeforeWeightsAreChosen() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    // The target cannot be reached, which shows as soon as weights are chosen.
    CommandRun run = prune("--scheme segment --target 0.9999", file);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(file + ": is a file").hasLineCount(1);
  }

  @Test
  void nothingOfAnEarlierNetworkStaysBesideTheNewOne() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("calibration.yaml"), "");
    Files.writeString(out.resolve("calibration-images.npz"), "");
    Files.writeString(out.resolve("test-images.npz"), "");
    Files.writeString(out.resolve("notes.txt"), "mine");
    CommandRun run = prune("--scheme magnitude --target 0.5 --network mlp-s", out);
    assertThat(run.exit()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "network.yaml", "weights.npz", "mask.npz", "pruning.csv", "notes.txt");
    }
  }

  @Test
  void showsOnATerminalThatItIsAtWork() {
    CommandRun run =
        CommandRun.onTerminal(
            80,
            ("prune --network vgg16-cifar10 --scheme magnitude --target 0.95 --out "
                    + folder.resolve("out"))
                .split(" "));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("\rprune").contains("\rprune: writing, ").endsWith(" \r");
  }

  @Test
  void theSeedDecidesWhatAMappingThatDrawsLosesFirst() throws IOException {
    String drawing = "--scheme crossbar --target 0.4 --mapping strip-kmeans --seed ";
    for (int seed : new int[] {1, 2}) {
      Path out = folder.resolve("of" + seed);
      CommandRun run = prune(drawing + seed, out);
      assertThat(run.exit()).as(run.err()).isZero();
      Path again = folder.resolve("again" + seed);
      prune(drawing + seed, again);
      assertThat(again.resolve("mask.npz")).hasSameBinaryContentAs(out.resolve("mask.npz"));
    }
    assertThat(Files.mismatch(folder.resolve("of1/mask.npz"), folder.resolve("of2/mask.npz")))
        .isNotNegative();
  }

  @Test
  void writesTheNetworkWithItsMask() throws IOException {
    Path out = folder.resolve("thin");
    CommandRun run = prune("--scheme crossbar --target 0.4", out);
    assertThat(run.exit()).as(run.err()).isZero();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "network.yaml",
              "weights.npz",
              "mask.npz",
              "pruning.csv",
              "calibration-images.npz",
              "test-images.npz");
    }
    LoadedNetwork before = new NetworkFiles(Path.of("")).load("lenet5-mnist");
    LoadedNetwork after = new NetworkFiles(Path.of("")).load(out.toString());
    assertThat(after.network().name()).isEqualTo("thin");
    assertThat(after.network().layers()).isEqualTo(before.network().layers());
    NpzFile mask = NpzFile.open(out.resolve("mask.npz"));
    NpzFile old = NpzFile.open(before.directory().resolve("weights.npz"));
    NpzFile stored = NpzFile.open(out.resolve("weights.npz"));
    assertThat(mask.names()).isEqualTo(stored.names()).isEqualTo(old.names());
    for (String name : old.names()) {
      assertThat(mask.shape(name)).isEqualTo(stored.shape(name)).isEqualTo(old.shape(name));
      byte[] bits = mask.unsignedBytes(name);
      float[] values = old.floats(name);
      for (int i = 0; i < values.length; i++) {
        values[i] = bits[i] == 1 ? values[i] : 0;
      }
      assertThat(stored.floats(name)).isEqualTo(values);
    }
    CommandRun measured =
        CommandRun.of("accuracy", "--network", out.toString(), "--limit", "10", "--json");
    assertThat(measured.exit()).as(measured.err()).isZero();
  }

  @Test
  void writesTheSameBytesTwice() throws IOException {
    Path one = folder.resolve("a").resolve("same");
    Path two = folder.resolve("b").resolve("same");
    assertThat(prune("--scheme segment --rank cost --target 0.95", one).exit()).isZero();
    assertThat(prune("--scheme segment --rank cost --target 0.95", two).exit()).isZero();
    for (String file : List.of("network.yaml", "weights.npz", "mask.npz", "pruning.csv")) {
      assertThat(one.resolve(file)).hasSameBinaryContentAs(two.resolve(file));
    }
  }

  @Test
  void turnsSyntheticWeightsIntoOrdinaryOnesAndKeepsEveryKindOfLayer() {
    Path out = folder.resolve("cnn");
    CommandRun run = prune("--network cnn-1 --scheme magnitude --target 0.97 --json", out);
    assertThat(run.exit()).as(run.err()).isZero();
    Network before = new NetworkFiles(Path.of("")).load("cnn-1").network();
    LoadedNetwork after = new NetworkFiles(Path.of("")).load(out.toString());
    assertThat(after.network().origin()).isEqualTo(Origin.IMPORTED);
    assertThat(after.network().layers()).isEqualTo(before.layers());
    assertThat(after.network().input()).isEqualTo(before.input());
    Layer first = after.network().weightedLayers().get(0);
    assertThat(after.weights().matrix(first, 0).columns()).isEqualTo(before.columns(first));
    CommandRun compiled =
        CommandRun.of("compile", "--network", out.toString(), "--crossbar", "32x32", "--json");
    assertThat(first(compiled.out(), "\"mapped\" : (\\d+)"))
        .isEqualTo(first(run.out(), "\"mapped\" : (\\d+)"));
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
