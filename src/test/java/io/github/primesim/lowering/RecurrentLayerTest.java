package io.github.primesim.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedHardware;
import io.github.primesim.device.Simulation;
import io.github.primesim.device.StageResult;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LSTM layers step through time: what they count and how long they take follows the steps. */
class RecurrentLayerTest {
  private static final LoadedHardware TINY = HardwareFiles.load(Path.of(""), "tiny", List.of());

  /** A step on {@code tiny}, worked out in traces/lstm-steps.trace. */
  private static final long STEP_CYCLES = 154;

  /** Reading 7 bits of 2 states a step back, and bringing them to the memory subarray. */
  private static long commit(int steps) {
    long bits = 14L * steps;
    return (bits + 7) / 8 + 8 + (bits + 3) / 4;
  }

  private static List<Layer> direction(String name, String input, int units, boolean reverse) {
    return List.of(
        new Convolution(
            name + ".input", List.of(input), 4 * units, 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE),
        new Recurrence(name, List.of(name + ".input"), Recurrence.Cell.LSTM, reverse, false));
  }

  private static Network network(int features, int units, int steps, boolean bidirectional) {
    List<Layer> layers = new ArrayList<>(direction("f", Network.INPUT, units, false));
    if (bidirectional) {
      layers.addAll(direction("b", Network.INPUT, units, true));
      layers.add(new Concatenation("both", List.of("f", "b")));
    }
    return LoweringFixture.network(new Shape(features, steps, 1), layers.toArray(Layer[]::new));
  }

  private static Trace compile(Network network, LoadedHardware hardware) {
    return LoweringFixture.compile(
        network, LoweringFixture.random(network, 1, 1), hardware, "dense", Replication.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 48})
  void theTraceWorkedOutByHandIsWhatTheCompilerWrites(int steps) {
    Trace trace = compile(network(3, 2, steps, false), TINY);
    Trace byHand = TraceReader.read(Path.of("traces", "lstm-steps.trace"));
    Loop loop = (Loop) byHand.stages().get(0).programs().get(0).steps().get(0);
    List<Step> expected = List.of(new Loop(steps, loop.body()));

    Program program = LoweringFixture.programs(trace, "f").get(0);
    assertThat(program.steps()).isEqualTo(expected);
    for (Action conversion : List.of(Action.CONVERT_2, Action.CONVERT_3, Action.CONVERT_6)) {
      assertThat(program.tallies().get(conversion))
          .isEqualTo(16L * steps)
          .isEqualTo(
              byHand.stages().get(0).programs().get(0).tallies().get(conversion) / 3 * steps);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 48, 49})
  void cyclesAreThoseOfAStepTimesTheSteps(int steps) {
    Trace trace = compile(network(3, 2, steps, false), TINY);
    assertThat(cycles(trace, "f")).isEqualTo(STEP_CYCLES * steps + commit(steps));
  }

  /** Totals of a loop are rounded once, so 48 steps may differ from 16 times 3 by that. */
  @Test
  void everyCountFollowsTheSteps() {
    Program three = LoweringFixture.programs(compile(network(3, 2, 3, false), TINY), "f").get(0);
    Program many = LoweringFixture.programs(compile(network(3, 2, 48, false), TINY), "f").get(0);
    assertThat(many.tallies().keySet()).isEqualTo(three.tallies().keySet());
    three
        .tallies()
        .forEach(
            (action, count) ->
                assertThat((double) many.tallies().get(action))
                    .as("%s", action)
                    .isCloseTo(16.0 * count, within(16.0)));
  }

  /** No gates: one sum, one table and one value to store for each unit. */
  @Test
  void aPlainStepAddsLooksUpAndStoresOnce() {
    Network network =
        LoweringFixture.network(
            new Shape(3, 5, 1),
            new Convolution(
                "f.input", List.of(Network.INPUT), 2, 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE),
            new Recurrence("f", List.of("f.input"), Recurrence.Cell.RNN, false, false));

    Trace trace = compile(network, TINY);

    Loop loop = (Loop) LoweringFixture.programs(trace, "f").get(0).steps().get(0);
    assertThat(loop.times()).isEqualTo(5);
    assertThat(((Loop) loop.body().get(0)).body())
        .filteredOn(step -> step instanceof Command.Elementwise || step instanceof Command.Activate)
        .containsExactly(new Command.Elementwise(2), new Command.Activate(0, 2));
    assertThat(trace.stages().stream().filter(stage -> stage.layer().equals("f")))
        .allMatch(stage -> stage.facts().kind().equals("rnn"));
  }

  /** Forward and backward lie in a bank each: neither waits for the other. */
  @Test
  void bothDirectionsRunAtTheSameTime() {
    Trace trace = compile(network(3, 2, 48, true), TINY);
    List<StageResult> results = Simulation.run(trace, TINY.spec()).stages();
    for (String layer : List.of("f", "b")) {
      StageResult steps =
          results.stream()
              .filter(result -> result.layer().equals(layer))
              .filter(result -> result.cycles() >= 48 * STEP_CYCLES)
              .findFirst()
              .orElseThrow();
      assertThat(steps.cycles()).as(layer).isLessThan(48 * STEP_CYCLES * 11 / 10);
    }
    assertThat(results.stream().mapToLong(StageResult::endCycle).max().orElseThrow())
        .isLessThan(2 * 48 * STEP_CYCLES);
  }

  /** Cycles from when the first stage of a layer begins to when its last one ends. */
  private static long cycles(Trace trace, String layer) {
    List<StageResult> results = Simulation.run(trace, TINY.spec()).stages();
    long[] own =
        LongStream.range(0, trace.stages().size())
            .filter(i -> trace.stages().get((int) i).layer().equals(layer))
            .toArray();
    return results.get((int) own[own.length - 1]).endCycle()
        - results.get((int) own[0]).beginCycle();
  }
}
