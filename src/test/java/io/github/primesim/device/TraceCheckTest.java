package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.trace.Command;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Sum;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a memory does not have is refused by stage, program and command. */
class TraceCheckTest {
  private final TestMemory memory = new TestMemory();

  static Stream<Arguments> impossible() {
    List<List<Integer>> slices = List.of(List.of(3));
    return Stream.of(
        Arguments.of(new Load(2, 8), "subarray is 2, allowed on test: 0 to 1"),
        Arguments.of(new Activate(9, 8), "subarray is 9, allowed on test: 0 to 1"),
        Arguments.of(new Compute(0, 4, 1, 1, 1, slices), "firstMat is 4, allowed on test: 0 to 3"),
        Arguments.of(new Compute(0, 3, 2, 1, 1, slices), "mats is 2, allowed on test: 1 to 1"),
        Arguments.of(new Sum(1, 2, 3, 1, 1), "mats is 3, allowed on test: 1 to 2"),
        Arguments.of(
            new Compute(0, 0, 1, 1, 1, List.of(List.of(7))),
            "conversion bits is 7, allowed on test: 1 to 6"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void commandsThatCannotBeExecuted(Command command, String message) {
    Stage fine = stage(List.of(), program(0, new Pool(1)));
    Stage bad =
        stage(
            List.of(0),
            program(0, new Pool(1)),
            program(1, new Loop(2, List.of(new Loop(2, List.of(command, new Pool(1)))))));

    assertThatThrownBy(() -> memory.run(TestMemory.trace(fine, bad)))
        .isInstanceOf(InputProblem.class)
        .hasMessage("stage 1 (layer), program 1, " + command + ": " + message);
  }

  @Test
  void banksThatDoNotExist() {
    Trace tooMany =
        TestMemory.trace(3, 3, 1, 0, List.of(stage(List.of(), program(0, new Pool(1)))));
    assertThatThrownBy(() -> memory.run(tooMany))
        .isInstanceOf(InputProblem.class)
        .hasMessage("the trace needs 9 banks (3 instances of 3), but test has 8");
  }

  static Stream<Arguments> unusableHardware() {
    return Stream.of(
        hardware("timing.clockPeriodNs", m -> m.clockNs = 0),
        hardware("timing.portBitsPerNs", m -> m.portBitsPerNs = 0),
        hardware("organization.bufferReadPorts", m -> m.readPorts = 0),
        hardware("organization.inputLatchesPerWordline", m -> m.latches = 0),
        hardware("organization.bufferedImages", m -> m.bufferedImages = 0),
        hardware("organization.poolingUnitsPerBank", m -> m.poolingUnits = 0));
  }

  private static Arguments hardware(String key, Consumer<TestMemory> change) {
    return Arguments.of(key, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableHardware")
  void hardwareThatCannotWork(String key, Consumer<TestMemory> change) {
    change.accept(memory);

    assertThatThrownBy(() -> memory.run(new Pool(1)))
        .isInstanceOf(InputProblem.class)
        .hasMessage("test: " + key + " is 0, allowed: greater than 0");
  }

  @Test
  void timesThatCannotBeCounted() {
    memory.poolingNs = 1e6;

    assertThatThrownBy(() -> memory.run(new Loop(1L << 40, List.of(new Pool(1000)))))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("stage 0 (layer): more actions or cycles");
  }

  @Test
  void whatFitsIsAccepted() {
    Command last = new Compute(1, 3, 1, 1, 1, List.of(List.of(6)));

    assertThat(memory.run(TestMemory.trace(stage(List.of(), program(7, last)))).latencyCycles())
        .isEqualTo(2 + 6);
  }
}
