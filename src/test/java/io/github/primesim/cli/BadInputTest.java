package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever cannot be used ends with code 2 and one line that says what, where, and what may be. */
class BadInputTest {
  @TempDir private Path folder;

  private static void assertRefused(CommandRun run, String... parts) {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("primesim: ").contains(parts).endsWith("\n").hasLineCount(1);
  }

  static Stream<Arguments> commandLines() {
    return Stream.of(
        arguments("", List.of("command", "run, compile, replay, accuracy, prune")),
        arguments("simulate", List.of("'simulate'", "run, compile")),
        arguments("run --speed 3", List.of("'--speed'", "--network")),
        arguments("run twice", List.of("'twice'", "options only")),
        arguments("run --network", List.of("--network")),
        arguments("run --network lenet6", List.of("'lenet6'", "lenet5-mnist")),
        arguments("run --network models/vgg.onnx", List.of("vgg.onnx", "network.yaml")),
        arguments("run --network a --network b", List.of("--network", "once")),
        arguments("run --hardware prime-1nm", List.of("'prime-1nm'", "prime-45nm")),
        arguments("run --hardware none.yaml", List.of("none.yaml", "no such file")),
        arguments("run --mapping fold", List.of("--mapping 'fold'", "dense, zero-tile")),
        arguments("run --network cnn-1 --compare fold", List.of("--compare 'fold'", "dense")),
        arguments("run --crossbar 32", List.of("--crossbar '32'", "32x32")),
        arguments("run --crossbar 0x32", List.of("--crossbar '0x32'", "32x32")),
        arguments("run --crossbar 99999x32", List.of("crossbarRows", "99999")),
        arguments("run --signs both", List.of("--signs 'both'", "pairs, independent")),
        arguments("run --replication all", List.of("--replication 'all'", "none, network, layer")),
        arguments("run --batch -1", List.of("--batch '-1'", "0 to")),
        arguments(
            "run --breakdown level,layers",
            List.of("--breakdown 'layers'", "component, layer, level, action, bank")),
        arguments("run --batch many", List.of("--batch 'many'", "0 to")),
        arguments("compile --seed 1.5", List.of("--seed '1.5'", "integer")),
        arguments("compile --seed 9223372036854775808", List.of("--seed '92", "64 bits")),
        arguments("run --set timing.saBit=1", List.of("timing.saBit", "saBitNs")),
        arguments("run --set timing.saBitNs", List.of("timing.saBitNs", "key=value")),
        arguments(
            "run --set timing.saBitNs=fast",
            List.of("key 'timing.saBitNs.value' is \"fast\"", "number")),
        arguments(
            "run --set timing.saBitNs=-1",
            List.of("key 'timing.saBitNs' value must be finite", "-1")),
        arguments("run --set organization.banks=1.5", List.of("1.5", "organization.banks")),
        arguments(
            "run --set timing.saBitNs=1 --set timing.saBitNs=2", List.of("timing.saBitNs", "once")),
        arguments(
            "run --network vgg-d --set organization.banks=2", List.of("vgg-d", "mats", "2 banks")),
        arguments(
            "run --mapping column-group --set organization.inputGather=false",
            List.of("'column-group'", "organization.inputGather", "'prime-45nm' is false")),
        arguments(
            "run --compare row-order --set organization.inputGather=false",
            List.of("'row-order'", "organization.inputGather")),
        arguments("compile --picture a.gif", List.of("--picture 'a.gif'", ".svg", ".png")),
        arguments("compile --layer fc1", List.of("--layer 'fc1'", "--picture")),
        arguments(
            "compile --picture a.svg --layer pool1",
            List.of("--layer 'pool1'", "conv1, conv2, fc1, fc2")),
        arguments(
            "run --network cnn-1 --no-fast-forward --verify-fast-forward",
            List.of("--no-fast-forward", "--verify-fast-forward", "one of them")),
        arguments("compile --out", List.of("--out")),
        arguments("replay", List.of("F.trace")),
        arguments("replay none.trace", List.of("none.trace")),
        arguments("replay one.trace two.trace", List.of("'two.trace'")),
        arguments("list", List.of("networks|hardware|mappings")),
        arguments("list crossbars", List.of("'crossbars'", "networks, hardware, mappings")),
        arguments("run --activity real", List.of("--activity 'real'", "mean, data")),
        arguments("run --data networks/lenet5-mnist", List.of("--data", "--activity data")),
        arguments("run --images 5", List.of("--images", "--activity data")),
        arguments("run --activity data --images 0", List.of("--images '0'", "1 or more")),
        arguments("run --activity data --data nowhere", List.of("nowhere")),
        arguments(
            "run --network mlp-s --activity data",
            List.of("mlp-s holds no test-images.npz", "--data", "--activity mean")),
        arguments(
            "run --network mlp-s --activity data --data networks/resnet20-cifar10",
            List.of("resnet20-cifar10", "'mlp-s' reads")),
        arguments(
            "run --network mlp-s --set organization.banks=65536",
            List.of("organization.banks", "65536", "from 1 to 65535")),
        arguments(
            "run --network mlp-s --set organization.matsPerFfSubarray=70000",
            List.of("organization.matsPerFfSubarray", "70000", "from 1 to 65535")),
        arguments(
            "run --network mlp-s --crossbar 99999x32",
            List.of("organization.crossbarRows", "99999", "a whole number from 1 to 512")),
        arguments(
            "run --network mlp-s --crossbar 32x99999",
            List.of("organization.crossbarBitlines", "99999", "a whole number from 2 to 512")),
        arguments(
            "compile --input-shape x=1x3x16x16 --input-shape x=1x3x32x32",
            List.of("--input-shape 'x=1x3x32x32': 'x' is set twice, allowed: once")),
        arguments(
            "compile --input-value n=1 --input-value n=2",
            List.of("--input-value 'n=2': 'n' is set twice, allowed: once")),
        arguments(
            "run --explain-hardware --out nowhere",
            List.of("--out has no effect with --explain-hardware, allowed beside it: --hardware")),
        arguments("run --explain-hardware --timeline t.json", List.of("--timeline has no effect")),
        arguments("run --explain-hardware --compare dense", List.of("--compare has no effect")),
        arguments("run --explain-hardware --network mlp-s", List.of("--network has no effect")),
        arguments(
            "run --set timing.saBitNs=",
            List.of("--set timing.saBitNs=: key 'timing.saBitNs' is empty, allowed: a value")),
        arguments("validate --only ,", List.of("--only ''", "isaac-chip")),
        arguments(
            "validate --only isaac-chip --replication bogus",
            List.of("--replication 'bogus' is unknown, allowed: none, network, layer")),
        arguments("accuracy --limit 0", List.of("--limit '0'", "1 or more")),
        arguments("accuracy --limit ten", List.of("--limit 'ten'", "1 or more")),
        arguments("accuracy --cell-spread 1.5", List.of("--cell-spread '1.5'", "0 to 1")),
        arguments("accuracy --cell-spread NaN", List.of("--cell-spread 'NaN'", "0 to 1")),
        arguments("accuracy --stuck-off much", List.of("--stuck-off 'much'", "0 to 1")),
        arguments(
            "accuracy --stuck-off 0.6 --stuck-on 0.5", List.of("--stuck-on '0.5'", "at most 1")),
        arguments("accuracy --cell-spread 0.1 --chips 0", List.of("--chips '0'", "1 to 10000")),
        arguments("accuracy --chips 3", List.of("--chips 3", "--cell-spread")),
        arguments("accuracy --wire-resistance 1 --chips 3", List.of("--chips 3", "--read-noise")),
        arguments("accuracy --wire-resistance -1", List.of("--wire-resistance '-1'", "0 to")),
        arguments("accuracy --wire-resistance NaN", List.of("--wire-resistance 'NaN'", "0 to")),
        arguments("accuracy --jobs +2", List.of("--jobs '+2'", "1 to 1024")),
        arguments("accuracy --read-noise 1.1", List.of("--read-noise '1.1'", "0 to 1")),
        arguments("accuracy --data nowhere", List.of("nowhere")),
        arguments("accuracy --network mlp-s", List.of("mlp-s", "synthetic")));
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void refusesTheCommandLine(String line, List<String> parts) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertRefused(CommandRun.of(arguments), parts.toArray(String[]::new));
  }

  static Stream<Arguments> hardwareFiles() {
    String banks = "banks: {value: 64, unit: count, node: any, basis: published, source: here}\n";
    String head = "extends: prime-45nm\nname: mine\ndescription: one of mine\n";
    return Stream.of(
        arguments(
            head + "organization:\n  bank: {value: 64}\n",
            List.of("mine.yaml:5", "'organization.bank'", "banks")),
        arguments(
            head + "organization:\n  " + banks.replace(", source: here", ""),
            List.of("mine.yaml:5", "source")),
        arguments(
            head + "organization:\n  " + banks + "  " + banks,
            List.of("mine.yaml:6", "organization.banks", "twice")),
        arguments(
            head + "organization:\n  " + banks.replace("64", "'64'"),
            List.of("mine.yaml:5", "organization.banks", "number")),
        arguments(
            head + "organization:\n  " + banks.replace("64", "-1"),
            List.of("mine.yaml:5", "organization.banks", "-1")),
        arguments(
            head + "organization:\n  " + banks.replace("published", "known"),
            List.of("mine.yaml:5", "known", "published")),
        arguments(head + "cells: {}\n", List.of("mine.yaml:4", "'cells'", "cell")),
        arguments("name: mine\n", List.of("mine.yaml", "missing")),
        arguments(head.replace("45nm", "1nm"), List.of("mine.yaml", "prime-1nm")),
        arguments("banks: [\n", List.of("mine.yaml")));
  }

  @ParameterizedTest
  @MethodSource("hardwareFiles")
  void refusesTheHardwareFile(String yaml, List<String> parts) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), yaml);
    assertRefused(
        CommandRun.of("run", "--network", "cnn-1", "--hardware", file.toString()),
        parts.toArray(String[]::new));
  }

  private Path network(String layer, byte[] weights) throws IOException {
    Files.writeString(
        folder.resolve("network.yaml"),
        "schema: primesim.network/1\nname: tiny\nweights: imported\ndescription: two outputs\n"
            + "input: {channels: 4, height: 1, width: 1, signed: false}\nlayers:\n  - "
            + layer
            + "\n");
    Files.write(folder.resolve("weights.npz"), weights);
    return folder;
  }

  private static final String LAYER =
      "{name: fc, type: fullyConnected, outputs: 2, bias: false, activation: none}";

  /** A NumPy archive with one float32 array of shape [2, 4]. */
  private static byte[] weights(String name, float... values) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }";
    byte[] padded =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer npy =
        ByteBuffer.allocate(10 + padded.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    npy.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    npy.put((byte) 1).put((byte) 0).putShort((short) padded.length).put(padded);
    for (float value : values) {
      npy.putFloat(value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      zip.write(npy.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final byte[] GOOD = weights("fc.weight", 1, 0, 0, -1, 0, 0.5f, 0, 0);

  @Test
  void runsAGoodNetworkOfTheUser() throws IOException {
    CommandRun run = CommandRun.of("run", "--network", network(LAYER, GOOD).toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("tiny (imported weights)");
  }

  @Test
  void refusesTheNetwork() throws IOException {
    byte[] nan = weights("fc.weight", 1, 0, 0, Float.NaN, 0, 0.5f, 0, 0);
    for (List<Object> each :
        List.<List<Object>>of(
            List.of(LAYER.replace("outputs: 2", "outputs: 3"), GOOD, "fc.weight", "[3, 4]"),
            List.of(LAYER.replace("outputs", "output"), GOOD, "network.yaml:7", "output"),
            List.of(LAYER.replace("2,", "0,"), GOOD, "network.yaml:7", "outputs"),
            List.of(LAYER.replace("fullyConnected", "dense"), GOOD, "network.yaml:7", "dense"),
            List.of(
                LAYER, weights("fc.weights", 1, 0, 0, 0, 0, 0, 0, 0), "weights.npz", "fc.weight"),
            List.of(LAYER, nan, "weights.npz", "NaN"),
            List.of(LAYER, Arrays.copyOf(GOOD, GOOD.length / 2), "weights.npz"),
            List.of(LAYER, new byte[] {1, 2, 3}, "weights.npz"))) {
      Path path = network((String) each.get(0), (byte[]) each.get(1));
      assertRefused(
          CommandRun.of("run", "--network", path.toString()),
          each.stream().skip(2).map(String.class::cast).toArray(String[]::new));
    }
  }

  @Test
  void refusesTheTrace() throws IOException {
    Path file = folder.resolve("mlp-s.trace");
    assertThat(CommandRun.of("compile", "--network", "mlp-s", "--out", file.toString()).exit())
        .isZero();
    String good = Files.readString(file);
    assertThat(CommandRun.of("replay", file.toString()).exit()).isZero();
    for (String bad :
        List.of(
            "",
            "not a trace\n",
            good.substring(0, good.length() / 2),
            good.replaceFirst("comp ff", "conjure ff"),
            good.replaceFirst("load ff 0", "load ff 99"),
            good.replaceFirst("bits (\\d+)", "bits many"))) {
      assertThat(bad).isNotEqualTo(good);
      Files.writeString(file, bad);
      assertRefused(CommandRun.of("replay", file.toString()), "mlp-s");
    }
    Files.writeString(file, good);
    assertRefused(
        CommandRun.of("replay", file.toString(), "--hardware", "prime-1nm"), "'prime-1nm'");
    Files.writeString(file, good.replace("prime-45nm", "prime-32nm"));
    assertRefused(CommandRun.of("replay", file.toString()), "prime-32nm", "--hardware");
  }

  @Test
  void refusesASettingOfATraceByFileAndLine() throws IOException {
    Path file = folder.resolve("mlp-s.trace");
    CommandRun.of("compile", "--network", "mlp-s", "--out", file.toString());
    String good = Files.readString(file);
    String settings =
        "override timing.clockPeriodNs=2\n# override\n \toverride timing.saBitNs=-5\n";
    int line = (int) good.substring(0, good.indexOf("mapping ")).lines().count() + 3;
    Files.writeString(file, good.replace("mapping ", settings + "mapping "));
    for (List<String> more : List.of(List.<String>of(), List.of("--hardware", "tiny"))) {
      List<String> words = new ArrayList<>(List.of("replay", file.toString()));
      words.addAll(more);
      CommandRun run = CommandRun.of(words.toArray(String[]::new));
      assertRefused(
          run, file + ":" + line + ": override timing.saBitNs=-5: ", "'timing.saBitNs'", "-5");
      assertThat(run.err()).doesNotContain("--set");
    }
  }

  @Test
  void writesNothingWhereSomethingIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    for (Path out : List.of(file, file.resolve("below"))) {
      assertRefused(CommandRun.of("run", "--network", "cnn-1", "--out", out.toString()), "file");
      assertRefused(
          CommandRun.of("compile", "--network", "cnn-1", "--out", out.resolve("t").toString()),
          "file");
    }
    Path out = folder.resolve("new/folder");
    assertRefused(CommandRun.of("run", "--network", "lenet6", "--out", out.toString()), "lenet6");
    assertThat(folder.resolve("new")).doesNotExist();
    assertThat(file).hasContent("kept");
  }
}
