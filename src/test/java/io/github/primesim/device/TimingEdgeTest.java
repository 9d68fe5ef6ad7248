package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static io.github.primesim.device.TestMemory.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Fetch;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Send;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Not ready a cycle before, ready in the cycle itself. */
class TimingEdgeTest {
  private final TestMemory memory = new TestMemory();

  private long latency(Step... steps) {
    return memory.run(steps).latencyCycles();
  }

  /** Another program has the pooling units until cycle 10. */
  @ParameterizedTest
  @CsvSource({"9, 1", "10, 0", "11, 0"})
  void aUnitIsFreeInTheCycleInWhichItsServiceEnds(int arrival, long waited) {
    SimulationResult result =
        memory.run(
            trace(
                stage(
                    List.of(),
                    program(0, new Pool(10)),
                    program(0, new Activate(0, arrival), new Pool(3)))));

    // The pooling units also work 9 and 2 cycles on what follows the first value of a command.
    assertThat(result.stages().get(0).stalls().get(Stall.POOLING_UNIT)).isEqualTo(11 + waited);
    assertThat(result.latencyCycles()).isEqualTo(Math.max(10, arrival) + 3);
  }

  @Test
  void whoComesInTheSameCycleIsServedInTheOrderOfTheTrace() {
    SimulationResult result =
        memory.run(
            trace(
                stage(List.of(), program(0, new Activate(0, 4), new Pool(5))),
                stage(List.of(), program(0, new Activate(1, 4), new Pool(6)))));

    assertThat(result.stages().get(0).endCycle()).isEqualTo(4 + 5);
    assertThat(result.stages().get(1).endCycle()).isEqualTo(4 + 5 + 6);
  }

  @Test
  void commandsTogetherQueueInTheOrderGiven() {
    Step first = new Together(List.of(new Pool(5), new Pool(2), new Activate(0, 1)));
    SimulationResult result = memory.run(first);

    assertThat(result.latencyCycles()).isEqualTo(7);
    assertThat(result.stages().get(0).stalls().get(Stall.POOLING_UNIT)).isEqualTo(4 + 1 + 5);
  }

  /** Two latches: while a mat works on an input, one more can be loaded, but not two. */
  @ParameterizedTest
  @CsvSource({"1, 56", "2, 44", "3, 44"})
  void aLatchIsFreeWhenTheMatHasFinishedWithIt(int latches, long cycles) {
    memory.latches = latches;
    memory.ports = 2;
    memory.readPorts = 2;
    Step loop =
        new Loop(4, List.of(new Load(0, 2), new Compute(0, 0, 1, 8, 1, List.of(List.of(1)))));

    // Loads of 4 cycles, a mat of 2 + 8: 4 x 14 without overlap, 4 + 4 x 10 with it.
    assertThat(latency(loop)).isEqualTo(cycles);
  }

  /** The wait for latches to the cycle: loads of 4 cycles, a mat of 10, two latches. */
  @Test
  void theWaitForALatchIsCountedToTheCycle() {
    Step loop =
        new Loop(4, List.of(new Load(0, 2), new Compute(0, 0, 1, 8, 1, List.of(List.of(1)))));

    // Loads end at 4 and 8; the third waits from 8 to 14, the fourth from 18 to 24.
    assertThat(memory.run(loop).stages().get(0).stalls().get(Stall.INPUT_LATCH)).isEqualTo(6 + 6);
  }

  /** A register is free when its result has been merged, not when the merge begins. */
  @Test
  void aRegisterIsFreeWhenItsResultIsMerged() {
    memory.registers = 1;
    Step loop =
        new Loop(3, List.of(new Compute(0, 0, 1, 8, 1, List.of(List.of(1))), new Merge(0, 5, 5)));

    SimulationResult result = memory.run(loop);
    assertThat(result.latencyCycles()).isEqualTo(3 * (10 + 5));
    assertThat(result.stages().get(0).stalls().get(Stall.OUTPUT_REGISTER)).isEqualTo(2 * 5);
  }

  /** Elsewhere a station keeps its result until the next one takes it. */
  @Test
  void aStationIsBlockedUntilItsResultIsTaken() {
    // 2, 9 and 1 cycles: the first station has its second result at 4 and keeps it until 11.
    Step loop = new Loop(3, List.of(new Activate(0, 2), new Pool(9), new Activate(1, 1)));
    SimulationResult result =
        memory.run(
            trace(
                stage(
                    List.of(),
                    program(0, loop),
                    // Wants the activation units at 12: the third iteration has them from 11 to 13.
                    program(0, new Merge(0, 12, 12), new Activate(0, 1)))));

    assertThat(result.stages().get(0).stalls().get(Stall.ACTIVATION_UNIT))
        // 1 for each second value of the loop, 1 for the wait from 12 to 13.
        .isEqualTo(3 + 1);
    assertThat(result.latencyCycles()).isEqualTo(2 + 3 * 9 + 1);
  }

  @Test
  void theNextStepBeginsWhenTheLoopHasLeftItsLastStation() {
    assertThat(latency(new Loop(3, List.of(new Pool(2), new Activate(0, 5))), new Merge(0, 4, 4)))
        .isEqualTo(2 + 3 * 5 + 4);
  }

  @Test
  void transfersAreStoredAndForwarded() {
    memory.tRcdNs = 22.5;
    memory.tClNs = 9.8;
    memory.tWrNs = 41.4;
    memory.dataLineBitsPerNs = 4;
    memory.interBankBitsPerNs = 3;

    // 22.5 + 9.8 + 2 ns make 35 cycles, then a write of 8.
    assertThat(latency(new Fetch(8))).isEqualTo(35 + 8);
    assertThat(latency(new Store(0, 8))).isEqualTo(8 + 8);
    assertThat(latency(new Send(1, 8))).isEqualTo(8 + 3 + 8);
  }

  @Test
  void whatMovesNothingTakesNoTimeAndWaitsForNobody() {
    SimulationResult result =
        memory.run(
            trace(
                stage(
                    List.of(),
                    program(0, new Pool(10)),
                    program(0, new Pool(0), new Load(0, 0), new Activate(0, 3)))));

    assertThat(result.stages().get(0).stalls().get(Stall.POOLING_UNIT)).isEqualTo(9);
    assertThat(result.latencyCycles()).isEqualTo(10);
    assertThat(result.events()).isEqualTo(2);
  }

  @Test
  void nothingToDoTakesNoTime() {
    SimulationResult result = memory.run(trace(stage(List.of())));

    assertThat(result.latencyCycles()).isZero();
    assertThat(result.throughput().intervalCycles()).isZero();
  }

  @Test
  void matsOfAnOperationStartTogether() {
    Step two = new Compute(0, 0, 2, 8, 1, List.of(List.of(1)));
    Step one = new Compute(0, 1, 1, 3, 1, List.of(List.of(1)));

    // Mat 1 is busy until 5, so the operation on mats 0 and 1 waits, and mat 0 with it.
    SimulationResult result = memory.run(trace(stage(List.of(), program(0, one), program(0, two))));
    assertThat(result.latencyCycles()).isEqualTo(5 + 10);
    assertThat(result.stages().get(0).stalls().get(Stall.SENSE_AMPLIFIER)).isEqualTo(2 + 7 + 5);
  }
}
