package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedHardware;
import io.github.primesim.device.Simulation;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.device.StageResult;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The totals that are worked out by hand in {@code traces/} are what the simulation finds. */
class HandWorkedTracesTest {
  private static final Path FOLDER = Path.of("traces");
  private static final String TOTAL = "#= ";

  static List<Path> traces() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".trace")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("traces")
  void theSimulationFindsTheTotalsWorkedOutByHand(Path file) throws IOException {
    Trace trace = TraceReader.read(file);
    LoadedHardware hardware =
        HardwareFiles.load(Path.of("."), trace.header().hardware(), trace.header().overrides());
    assertThat(trace.header().fitsHardwareDigest(hardware.digest())).isTrue();

    SimulationResult result = Simulation.run(trace, hardware.spec());

    assertThat(totals(result)).containsExactlyInAnyOrderElementsOf(workedOut(file));
  }

  @Test
  void thereIsATraceForEachLineOfTheReadme() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));
    assertThat(traces())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            file -> {
              String latency =
                  workedOut(file).stream()
                      .filter(total -> total.startsWith("latency "))
                      .findFirst()
                      .orElseThrow()
                      .substring("latency ".length());
              assertThat(readme)
                  .containsPattern("\\| `" + file.getFileName() + "` \\|.*\\| " + latency + " \\|");
            });
  }

  @Test
  void aFoldedLoopOfPipelinesRunsLikeOneWrittenOut() {
    Trace single = TraceReader.read(FOLDER.resolve("hidden-loads.trace"));
    Stage stage = single.stages().get(0);
    Program once = stage.programs().get(0);
    Loop outer = new Loop(5, List.of(new Loop(3, once.steps()), new Command.Pool(3)));
    Program nested = new Program(0, List.of(outer), once.tallies());
    Trace folded =
        new Trace(
            single.header(),
            List.of(new Stage(stage.layer(), List.of(), stage.facts(), List.of(nested))));
    HardwareSpec hardware = HardwareFiles.load(Path.of("."), "tiny", List.of()).spec();

    SimulationResult result = Simulation.run(folded, hardware);

    Trace unrolled = folded.unrolled(1000);
    assertThat(unrolled.stages().get(0).programs().get(0).steps()).hasSize(5 * (3 + 1));
    assertThat(Simulation.run(unrolled, hardware)).isEqualTo(result);
    // The pipeline takes 237 cycles, 3 values in 2 pooling units take 2.
    assertThat(result.latencyCycles()).isEqualTo(5 * (3 * 237 + 2));
  }

  private static List<String> workedOut(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(TOTAL))
          .map(line -> line.substring(TOTAL.length()))
          .toList();
    }
  }

  private static List<String> totals(SimulationResult result) {
    List<String> totals = new ArrayList<>();
    totals.add("latency " + result.latencyCycles());
    totals.add(
        "throughput "
            + result.throughput().images()
            + " images in "
            + result.throughput().cycles()
            + " cycles");
    Counts.Builder<Action> actions = new Counts.Builder<>(Action.class);
    Counts.Builder<Stall> stalls = new Counts.Builder<>(Stall.class);
    for (int i = 0; i < result.stages().size(); i++) {
      StageResult stage = result.stages().get(i);
      totals.add("stage " + i + " from " + stage.beginCycle() + " to " + stage.endCycle());
      actions.add(stage.actions());
      stalls.add(stage.stalls());
      for (Stall stall : List.of(Stall.PRODUCER, Stall.CONSUMER)) {
        long waited = stage.pipelinedStalls().get(stall);
        if (waited > 0) {
          totals.add("stage " + i + " in a stream stall " + stall.key() + " " + waited);
        }
      }
    }
    Counts<Action> counted = actions.build();
    for (Action action : Action.values()) {
      if (counted.get(action) > 0) {
        totals.add("action " + action.key() + " " + counted.get(action));
      }
    }
    Counts<Stall> waited = stalls.build();
    for (Stall stall : Stall.values()) {
      if (waited.get(stall) > 0) {
        totals.add("stall " + stall.key() + " " + waited.get(stall));
      }
    }
    return totals;
  }
}
