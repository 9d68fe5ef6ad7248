package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.config.LoadedTrace;
import io.github.primesim.config.TraceFiles;
import io.github.primesim.device.ImageProgress;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.device.StageResult;
import io.github.primesim.device.Throughput;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FastForwardingTest {
  private static final LoadedTrace LOADED =
      TraceFiles.load(Path.of(""), Path.of("traces/hidden-loads.trace"), Optional.empty());

  private final SimulationResult result = simulate(FastForwarding.OFF);

  private static SimulationResult simulate(FastForwarding forwarding) {
    return forwarding.simulate(LOADED.trace(), LOADED.hardware().spec(), ImageProgress.SILENT);
  }

  private static SimulationResult with(
      SimulationResult of, long latency, Throughput throughput, List<StageResult> stages) {
    return new SimulationResult(
        of.clock(),
        latency,
        throughput,
        of.events(),
        of.copies(),
        stages,
        of.banks(),
        of.occupancy());
  }

  @Test
  void allWaysGiveTheSame() {
    for (FastForwarding each : FastForwarding.values()) {
      assertThat(simulate(each)).isEqualTo(result);
    }
  }

  @Test
  void aDifferenceIsAFaultAndSaidWhere() {
    StageResult stage = result.stages().get(0);
    StageResult waited =
        new StageResult(
            stage.layer(),
            stage.beginCycle(),
            stage.endCycle(),
            stage.actions(),
            stage.stalls(),
            Counts.of(Map.of(Stall.FF_PORT, 99L)));
    long latency = result.latencyCycles();
    Throughput throughput = result.throughput();
    Throughput slower = new Throughput(throughput.images(), throughput.cycles() + 1, true);

    FastForwarding.requireSame(result, with(result, latency, throughput, result.stages()));
    assertThatThrownBy(
            () ->
                FastForwarding.requireSame(
                    result, with(result, latency, throughput, List.of(waited))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("stage 0", "FF_PORT=99");
    assertThatThrownBy(
            () ->
                FastForwarding.requireSame(
                    result, with(result, latency + 1, throughput, result.stages())))
        .hasMessageContainingAll("latency", latency + ", without it " + (latency + 1));
    assertThatThrownBy(
            () ->
                FastForwarding.requireSame(result, with(result, latency, slower, result.stages())))
        .hasMessageContaining("throughput");
  }
}
