package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} takes as options of an ONNX file, a sweep takes as keys. */
class OnnxSweepTest {
  private static final String SWEEP =
      """
      schema: primesim.sweep/1
      name: shapes
      grid:
        network: [%s]
        %s
        mapping: [dense, block-compact]
      """;

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    model = folder.resolve("open.onnx");
    Files.write(
        model,
        new ModelBuilder(13, 11)
            .input("x", 1, 1, -1, -1)
            .weights("w", 4, 1, 3, 3)
            .node("Conv", "x w", "c")
            .node("Relu", "c", "y")
            .output("y")
            .model()
            .toByteArray());
  }

  private CommandRun sweep(String network, String keys) throws IOException {
    Path file = folder.resolve("sweep.yaml");
    Files.writeString(file, SWEEP.formatted(network, keys));
    return CommandRun.of("sweep", file.toString(), "--out", folder.resolve("out").toString());
  }

  @Test
  void aPointIsWhatRunPrintsWithTheOptions() throws IOException {
    CommandRun run = sweep(model.toString(), "inputShape: [x=1x1x8x8, x=1x1x12x9]");
    assertThat(run.exit()).as(run.err()).isZero();
    List<String> shapes = List.of("x=1x1x8x8", "x=1x1x12x9");
    for (int index = 0; index < 4; index++) {
      CommandRun alone =
          CommandRun.of(
              "run",
              "--network",
              model.toString(),
              "--input-shape",
              shapes.get(index / 2),
              "--mapping",
              index % 2 == 0 ? "dense" : "block-compact",
              "--json");
      assertThat(folder.resolve("out/points/00000" + index + ".json")).hasContent(alone.out());
    }
    assertThat(Files.readString(folder.resolve("out/points.csv")))
        .contains(",batch,inputShape,")
        .contains("0,inputShape=\"\"x=1x1x8x8\"\" mapping=dense".replace("0,", "0,\""));
    assertThat(Files.readString(folder.resolve("out/sweep.json")))
        .contains(model + " inputShape:x=1x1x8x8", model + " inputShape:x=1x1x12x9");
  }

  @Test
  void whatCannotBeReadIsRefusedBeforeAnythingIsSimulated() throws IOException {
    refused(sweep(model.toString(), "batch: [0]"), "sweep.yaml:4: ", "--input-shape x=");
    refused(sweep(model.toString(), "inputShape: [x=8x]"), "sweep.yaml:5: ", "x=8x");
    refused(
        sweep(model.toString(), "skipUnsupported: [maybe]"), "sweep.yaml:5: ", "'maybe'", "true");
    refused(sweep("lenet5-mnist", "inputShape: [x=1x1x8x8]"), "sweep.yaml:4: ", "no ONNX file");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static void refused(CommandRun run, String... why) {
    assertThat(run.exit()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
  }
}
