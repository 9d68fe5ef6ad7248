package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static io.github.primesim.device.TestMemory.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Commit;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Elementwise;
import io.github.primesim.trace.Command.Fetch;
import io.github.primesim.trace.Command.Gather;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Reorder;
import io.github.primesim.trace.Command.Send;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Command.Sum;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is shared can be what a run waits for: where it is, twice as much of it makes the run
 * shorter and its stall smaller.
 */
class BottleneckTest {
  /** A mat operation of {@code depth} columns. */
  private static Compute mat(int depth) {
    return new Compute(0, 0, 1, depth, 1, List.of(List.of(3)));
  }

  /** One program for each step, in bank 0, that repeats it. */
  private static Trace sideBySide(Command... commands) {
    Program[] programs =
        Arrays.stream(commands)
            .map(command -> program(0, new Loop(40, List.of(command))))
            .toArray(Program[]::new);
    return trace(stage(List.of(), programs));
  }

  private static Arguments units(Stall stall, Consumer<TestMemory> twice, Trace trace) {
    return units(stall, memory -> {}, twice, trace);
  }

  private static Arguments units(
      Stall stall, Consumer<TestMemory> slow, Consumer<TestMemory> twice, Trace trace) {
    return Arguments.of(stall, slow, twice, trace);
  }

  static Stream<Arguments> sharedUnits() {
    return Stream.of(
        units(Stall.BUFFER_READ, m -> m.readPorts = 2, sideBySide(new Load(0, 9), new Load(1, 9))),
        units(
            Stall.BUFFER_WRITE,
            m -> m.writePorts = 2,
            sideBySide(new Store(0, 9), new Store(1, 9))),
        units(
            Stall.FF_PORT,
            m -> m.portBitsPerNs = 0.25,
            m -> m.ports = 2,
            trace(
                stage(
                    List.of(),
                    program(0, new Loop(40, List.of(new Load(0, 9), new Store(0, 9))))))),
        units(
            Stall.GLOBAL_DATA_LINES,
            m -> m.dataLineBitsPerNs = 0.25,
            m -> m.dataLines = 2,
            sideBySide(new Fetch(9), new Commit(9))),
        units(
            Stall.INTER_BANK_PATH,
            m -> m.interBankBitsPerNs = 0.25,
            m -> m.interBankPaths = 2,
            trace(
                stage(
                    List.of(),
                    program(0, new Loop(40, List.of(new Send(2, 9)))),
                    program(1, new Loop(40, List.of(new Send(3, 9))))))),
        units(
            Stall.REORDER_PORT,
            m -> m.reorderPorts = 2,
            sideBySide(new Reorder(0, 9, 1), new Reorder(0, 9, 1))),
        units(Stall.REORDER_PORT, m -> m.reorderPorts = 2, sideBySide(new Gather(0, 9))),
        units(
            Stall.ACTIVATION_UNIT,
            m -> m.activationUnits = 2,
            sideBySide(new Activate(0, 9), new Activate(0, 9))),
        units(Stall.POOLING_UNIT, m -> m.poolingUnits = 2, sideBySide(new Pool(9), new Pool(9))),
        units(
            Stall.ELEMENTWISE_UNIT,
            m -> m.elementwiseUnits = 2,
            sideBySide(new Elementwise(9), new Elementwise(9))),
        units(
            Stall.INPUT_LATCH,
            m -> m.latches = 2,
            trace(stage(List.of(), program(0, new Loop(40, List.of(new Load(0, 9), mat(9))))))),
        units(
            Stall.OUTPUT_REGISTER,
            m -> m.registers = 2,
            trace(
                stage(
                    List.of(), program(0, new Loop(40, List.of(mat(9), new Merge(0, 20, 20))))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sharedUnits")
  void twiceAsManyMakeTheRunShorterAndTheStallSmaller(
      Stall stall, Consumer<TestMemory> slow, Consumer<TestMemory> twice, Trace trace) {
    TestMemory memory = new TestMemory();
    memory.latches = 1;
    memory.registers = 1;
    slow.accept(memory);
    SimulationResult few = memory.run(trace);
    twice.accept(memory);
    SimulationResult many = memory.run(trace);

    assertThat(many.latencyCycles()).isLessThan(few.latencyCycles());
    assertThat(stalls(many, stall)).isLessThan(stalls(few, stall));
    assertThat(many.stages().get(0).actions()).isEqualTo(few.stages().get(0).actions());
  }

  static Stream<Arguments> depths() {
    return Stream.of(
        Arguments.of(
            Stall.SENSE_AMPLIFIER, (Object) new Command[] {mat(16)}, new Command[] {mat(8)}),
        Arguments.of(
            Stall.MAT_ACCUMULATOR,
            new Command[] {new Sum(0, 0, 1, 16, 16)},
            new Command[] {new Sum(0, 0, 1, 8, 16)}),
        Arguments.of(
            Stall.SUBARRAY_ACCUMULATOR,
            new Command[] {new Merge(0, 16, 16), new Merge(0, 16, 16)},
            new Command[] {new Merge(0, 8, 16), new Merge(0, 8, 16)}));
  }

  /** Twice the sense amplifiers or accumulator banks are half the depth in the trace. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("depths")
  void halfTheDepthMakesTheRunShorterAndTheStallSmaller(
      Stall stall, Command[] deep, Command[] shallow) {
    SimulationResult few = new TestMemory().run(sideBySide(deep));
    SimulationResult many = new TestMemory().run(sideBySide(shallow));

    assertThat(many.latencyCycles()).isLessThan(few.latencyCycles());
    assertThat(stalls(many, stall)).isLessThan(stalls(few, stall));
  }

  /** 40 reads of 9 cycles each of two programs that always want the port together. */
  @Test
  void whatIsWaitedForIsCountedToTheCycle() {
    TestMemory memory = new TestMemory();
    memory.portBitsPerNs = 9;
    SimulationResult result = memory.run(sideBySide(new Load(0, 9), new Load(1, 9)));

    // The port after the read takes 1 cycle, in which the other program is served: its own next
    // read arrives 1 cycle after the other's began and waits 8; the very first one waits 9.
    assertThat(stalls(result, Stall.BUFFER_READ)).isEqualTo(9 + 78 * 8);
    assertThat(result.latencyCycles()).isEqualTo(80 * 9 + 1);
  }

  private static long stalls(SimulationResult result, Stall stall) {
    return result.stages().get(0).stalls().get(stall);
  }
}
