package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static io.github.primesim.device.TestMemory.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.Timing.TimeLaw;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Command.Sum;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Times that follow from a formula. */
class ClosedFormTest {
  private final TestMemory memory = new TestMemory();

  /**
   * PRIME's numbers: the high input slice converts 6 + 2 bits, the low one 3 (6/3/2/0 rule), 8
   * sense amplifiers for 128 weight columns.
   */
  @Test
  void oneMatOperation() {
    memory.clockNs = 0.1;
    memory.driveNs = 0;
    memory.pulseNs = 10;
    memory.saBitNs = 9.8;
    memory.saBits = 6;
    Compute operation = new Compute(0, 0, 1, 16, 1, List.of(List.of(6, 2), List.of(3)));

    SimulationResult result = memory.run(operation);

    // Two pulses of 10 ns, then 16 columns of 11 bits.
    assertThat(result.latencyCycles()).isEqualTo(2 * 100 + 16 * 11 * 98);
    assertThat(result.latencyNs()).isBetween(1744.79, 1744.81);
    // 15 columns wait for their sense amplifier.
    assertThat(result.stages().get(0).stalls().get(Stall.SENSE_AMPLIFIER)).isEqualTo(15 * 11 * 98);
    assertThat(result.throughput()).isEqualTo(new Throughput(1, 17448, true));
  }

  @Test
  void aConversionThatRunsThroughAllCodesTakesTwoToTheBits() {
    memory.law = TimeLaw.EXPONENTIAL;
    Compute operation = new Compute(0, 0, 1, 3, 2, List.of(List.of(6, 2), List.of(3)));

    // Two passes of: two drives and pulses, three columns of 64 + 4 + 8.
    assertThat(memory.run(operation).latencyCycles()).isEqualTo(2 * (2 * 2 + 3 * 76));
  }

  @Test
  void aSliceInWhichNothingIsConvertedIsNotDriven() {
    Compute operation = new Compute(0, 0, 1, 16, 1, List.of(List.of(6, 2), List.of()));

    assertThat(memory.run(operation).latencyCycles()).isEqualTo(2 + 16 * 8);
  }

  @Test
  void anOperationWaitsForTheLastOfItsCommands() {
    Step together = new Together(List.of(new Activate(0, 5), new Pool(9), new Load(1, 3)));

    assertThat(memory.run(together).latencyCycles()).isEqualTo(9);
  }

  /** Without waiting the slowest station gives the pace: sum of all + (n - 1) x slowest. */
  @Test
  void oneLayerWithoutContention() {
    int n = 1000;
    memory.readPorts = 2;
    memory.ports = 2;
    memory.latches = 3;
    memory.registers = 3;
    SimulationResult result =
        memory.run(
            new Loop(
                n,
                List.of(
                    new Load(0, 7), // 7 + 7
                    new Compute(0, 0, 2, 4, 1, List.of(List.of(3, 1))), // 2 + 16
                    new Sum(0, 0, 2, 5, 10),
                    new Merge(0, 6, 11),
                    new Activate(0, 8),
                    new Store(0, 3)))); // 3 + 3

    int all = 14 + 18 + 5 + 6 + 8 + 6;
    assertThat(result.latencyCycles()).isEqualTo(all + (n - 1) * 18L);
    assertThat(result.throughput().intervalCycles()).isEqualTo(all + (n - 1) * 18.0);
    assertThat(result.events()).isEqualTo(8L * n);
    var actions = result.stages().get(0).actions();
    assertThat(actions.get(Action.COMMANDS)).isEqualTo(6L * n);
    assertThat(actions.get(Action.PORT_BITS)).isEqualTo(10L * n);
    assertThat(actions.get(Action.LATCH_BITS)).isZero();
    assertThat(actions.get(Action.MAT_ACCUMULATIONS)).isEqualTo(10L * n);
    assertThat(actions.get(Action.SUBARRAY_ACCUMULATIONS)).isEqualTo(11L * n);
  }

  /** With one latch and one register nothing around a mat overlaps. */
  @Test
  void fullySerial() {
    memory.latches = 1;
    memory.registers = 1;
    int n = 100;
    List<Step> body =
        List.of(
            new Load(0, 7), new Compute(0, 0, 1, 4, 1, List.of(List.of(3, 1))), new Merge(0, 6, 6));

    // The next input is loaded when the mat is done, while the sum is merged (6 < 14).
    assertThat(memory.run(new Loop(n, body)).latencyCycles()).isEqualTo(n * (14L + 18) + 6);

    // A loop around a loop does not overlap at all.
    Step nested = new Loop(n, List.of(new Loop(1, body)));
    assertThat(memory.run(nested).latencyCycles()).isEqualTo(n * (14L + 18 + 6));
  }

  @Test
  void replicasInDifferentBanksTakeAsLongAsOne() {
    memory.banks = 64;
    Step work =
        new Loop(50, List.of(new Load(0, 7), new Merge(0, 6, 6), new Store(0, 9), new Pool(4)));
    Program[] replicas =
        IntStream.range(0, 8).mapToObj(bank -> program(bank, work)).toArray(Program[]::new);

    SimulationResult one = memory.run(trace(stage(List.of(), program(0, work))));
    SimulationResult all = memory.run(trace(stage(List.of(), replicas)));

    assertThat(all.latencyCycles()).isEqualTo(one.latencyCycles());
    assertThat(all.events()).isEqualTo(8 * one.events());
    long waited = one.stages().get(0).stalls().get(Stall.FF_PORT);
    assertThat(waited).isPositive();
    assertThat(all.stages().get(0).stalls().get(Stall.FF_PORT)).isEqualTo(8 * waited);
  }

  @Test
  void aLoopOfOneStationIsThatStepAgainAndAgain() {
    Step step = new Load(0, 7);

    assertThat(memory.run(new Loop(25, List.of(step))).latencyCycles())
        .isEqualTo(memory.run(Collections.nCopies(25, step).toArray(new Step[0])).latencyCycles())
        .isEqualTo(25 * 14);
  }

  @Test
  void anOuterLoopIsItsBodyWrittenOutAgainAndAgain() {
    Step inner = new Loop(9, List.of(new Load(0, 7), new Merge(0, 3, 3), new Store(0, 4)));
    Step single = new Activate(0, 3);
    List<Step> body = List.of(inner, single);
    List<Step> unrolled = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      unrolled.addAll(body);
    }

    SimulationResult folded = memory.run(new Loop(3, List.of(new Loop(4, body))));
    SimulationResult flat = memory.run(unrolled.toArray(new Step[0]));

    assertThat(folded).isEqualTo(flat);
  }
}
