package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.NpzBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Matrices at the edge of what there is, in every scheme and every command: without rows, columns
 * or weights in use, of one weight, smaller than a crossbar; and what is refused everywhere.
 */
class EdgeCasesTest {
  private static final String YAML =
      """
      schema: primesim.network/1
      name: edges
      weights: imported
      description: matrices at the edge
      input: {channels: 20, height: 1, width: 1, signed: false}
      layers:
        - {name: sparse, type: fullyConnected, outputs: 40, bias: false, activation: relu}
        - {name: empty, type: fullyConnected, outputs: 3, bias: false, activation: relu}
        - {name: few, type: fullyConnected, outputs: 1, activation: sigmoid}
        - {name: one, type: fullyConnected, outputs: 1, bias: false}
      """;

  @TempDir private Path folder;

  /** The first layer has weights in half of its rows and columns alone. */
  @BeforeEach
  void network() throws IOException {
    Files.writeString(folder.resolve("network.yaml"), YAML);
    float[] sparse = new float[40 * 20];
    for (int output = 0; output < 40; output += 2) {
      for (int input = output % 4; input < 20; input += 4) {
        sparse[output * 20 + input] = (output + input) % 3 - 1;
      }
    }
    new NpzBytes()
        .floats("sparse.weight", new int[] {40, 20}, sparse)
        .floats("empty.weight", new int[] {3, 40}, new float[120])
        .floats("few.weight", new int[] {1, 3}, 0.5f, 0, -0.25f)
        .floats("few.bias", new int[] {1}, 0.125f)
        .floats("one.weight", new int[] {1, 1}, -2)
        .write(folder.resolve("weights.npz"));
  }

  static Stream<Arguments> designs() {
    return Mappings.names().stream()
        .flatMap(
            mapping ->
                Stream.of("pairs", "independent")
                    .flatMap(
                        signs ->
                            Stream.of("16x16", "256x256", "32x64")
                                .map(size -> arguments(mapping, signs, size))));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void everySchemeCompilesAndRunsThem(String mapping, String signs, String crossbar) {
    JsonNode result =
        JsonMapper.shared()
            .readTree(
                done(
                    "run",
                    "--mapping",
                    mapping,
                    "--signs",
                    signs,
                    "--crossbar",
                    crossbar,
                    "--json"));

    assertThat(result.at("/layers/0/nonZeros").asInt()).isPositive();
    assertThat(result.at("/layers/1/nonZeros").asInt()).isZero();
    assertThat(result.at("/layers/2/rows").asInt()).isEqualTo(4);
    assertThat(result.at("/layers/3/nonZeros").asInt()).isEqualTo(1);
    boolean dense = mapping.equals("dense");
    assertThat(result.at("/layers/1/crossbars/mapped").asInt() > 0).isEqualTo(dense);
    assertThat(result.at("/layers/3/crossbars/mapped").asInt()).isPositive();
    assertThat(result.at("/cycles").asLong()).isPositive();
  }

  @Test
  void otherCommandsTakeThemToo() {
    for (String mapping : List.of("dense", "block-kmeans", "operation-unit")) {
      assertThat(done("compile", "--mapping", mapping, "--crossbar", "16x16"))
          .contains("sparse", "empty", "one");
    }
    Path picture = folder.resolve("empty.svg");
    done("compile", "--crossbar", "16x16", "--picture", picture.toString(), "--layer", "empty");
    assertThat(picture).isNotEmptyFile();
    done("run", "--compare", "dense", "--crossbar", "16x16");
    for (String scheme : List.of("magnitude", "segment", "crossbar")) {
      Path out = folder.resolve(scheme);
      CommandRun run =
          CommandRun.of(
              "prune",
              "--network",
              folder.toString(),
              "--scheme",
              scheme,
              "--target",
              "0",
              "--crossbar",
              "16x16",
              "--out",
              out.toString());
      assertThat(run.exit()).as("%s: %s", scheme, run.err()).isIn(0, 2);
      assertThat(run.err()).doesNotContain("fault");
    }
  }

  private String done(String command, String... options) {
    List<String> all = new ArrayList<>(List.of(command, "--network", folder.toString()));
    all.addAll(Arrays.asList(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.exit()).as("%s: %s", all, run.err()).isZero();
    return run.out();
  }

  static Stream<Arguments> refused() {
    String network = " --network lenet5-mnist ";
    List<Arguments> all = new ArrayList<>();
    for (String command :
        List.of(
            "run",
            "compile",
            "accuracy --limit 1",
            "prune --scheme segment --target 0.5 --out OUT")) {
      all.add(arguments(command + network + "--crossbar 0x32", List.of("--crossbar '0x32'")));
      all.add(arguments(command + network + "--crossbar 32x0", List.of("--crossbar '32x0'")));
      all.add(arguments(command + network + "--mapping fold", List.of("--mapping 'fold'")));
      all.add(
          arguments(
              command + network + "--mapping column-group --set organization.inputGather=false",
              List.of("'column-group'", "organization.inputGather", "'prime-45nm' is false")));
    }
    for (String target : List.of("1", "-0.5", "1.5", "NaN")) {
      for (String scheme : List.of("magnitude", "crossbar", "segment")) {
        all.add(
            arguments(
                "prune" + network + "--out OUT --scheme " + scheme + " --target " + target,
                List.of("--target '" + target + "'", "0 to below 1")));
      }
    }
    String clears = "prune" + network + "--out OUT --target 0.99999 --scheme ";
    all.add(arguments(clears + "magnitude --per layer", List.of("--target 0.99999", "allowed: ")));
    all.add(arguments(clears + "segment", List.of("--target 0.99999", "not protected")));
    all.add(
        arguments(
            clears + "crossbar --of crossbars",
            List.of("--target 0.99999", "whole layer", "--protect")));
    all.add(
        arguments(
            "prune" + network + "--out OUT --scheme segment --target 0.5 --protect pool1",
            List.of("'pool1'", "conv1, conv2, fc1, fc2")));
    all.add(
        arguments(
            "compile" + network + "--picture a.svg --layer pool1", List.of("'pool1'", "conv1")));
    all.add(
        arguments(
            "reductions" + network + "--model U --densities 1.5 --out OUT",
            List.of("--densities '1.5'")));
    all.add(
        arguments(
            "reductions" + network + "--model U --sizes 0 --out OUT", List.of("--sizes '0'")));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeIsRefusedByEachCommand(String line, List<String> parts) {
    Path out = folder.resolve("never");
    CommandRun run = CommandRun.of(line.replace("OUT", out.toString()).split(" +", -1));
    assertThat(run.exit()).as("%s: %s", line, run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("primesim: ").contains(parts).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void densitiesOverOneAreRefused() throws IOException {
    Files.writeString(
        folder.resolve("network.yaml"),
        YAML.replace("imported", "synthetic")
            + "synthetic: {seed: 1, model: log-normal, sigma: 0.5,"
            + " densities: {sparse: 1.25, empty: 1, few: 1, one: 1}}\n");
    CommandRun run = CommandRun.of("compile", "--network", folder.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("'synthetic.densities.sparse' is 1.25", "allowed: above 0 and at most 1")
        .hasLineCount(1);
  }
}
