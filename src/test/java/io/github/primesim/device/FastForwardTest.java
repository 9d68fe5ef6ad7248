package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Fetch;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Trace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out because it repeats itself changes no digit. */
class FastForwardTest {
  private static final List<Step> BODY =
      List.of(
          new Load(0, 7),
          new Compute(0, 0, 1, 4, 1, List.of(List.of(3, 1))),
          new Merge(0, 6, 6),
          new Store(0, 5));

  private static final Step FAST_LOOP =
      new Loop(1 << 20, List.of(new Load(0, 3), new Pool(2), new Store(0, 1)));

  private final TestMemory memory = new TestMemory();

  /**
   * Loops of unequal length beside each other and inside each other, commands that start together,
   * contention for every kind of unit, several banks and instances; streams and batches.
   */
  @ParameterizedTest(name = "loops up to {2}, around them up to {3}, batches below {4}")
  @CsvSource({
    "0,       1200,  40,  3,   4",
    "100000,   100, 300,  2,   2",
    "200000,   500,   9, 12,   3",
    "300000,   700,   5,  3,  60"
  })
  void randomTracesOnRandomMemories(
      int firstSeed, int seeds, int longest, int longestOuter, int batches) {
    Effort folded = new Effort();
    Effort unfolded = new Effort();
    for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random).withLongLoops(longest, longestOuter);
      TestMemory any = traces.memory();
      Trace trace = traces.trace(any, random.nextInt(batches));

      assertThat(Simulation.run(trace, any.spec(), true, folded))
          .as("seed %d", seed)
          .isEqualTo(Simulation.run(trace, any.spec(), false, unfolded));
    }
    assertThat(folded.leaps()).as("there was something to leave out").isGreaterThan(seeds / 4);
    assertThat(folded.arrivals()).isLessThan(unfolded.arrivals());
    assertThat(unfolded.leaps()).isZero();
  }

  /** Programs that meet no other, with loops around loops around pipelines that queue. */
  @Test
  void programsOnTheirOwn() {
    for (int seed = 400_000; seed < 400_500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random).withLongLoops(4, 4);
      TestMemory any = traces.memory();
      Trace trace = traces.traceOfOneProgram(any, 5);

      assertThat(Simulation.run(trace, any.spec(), true))
          .as("seed %d", seed)
          .isEqualTo(Simulation.run(trace, any.spec(), false));
    }
  }

  private long arrivals(int batch, Stage... stages) {
    Effort folded = new Effort();
    Trace trace = TestMemory.trace(1, 8, 1, batch, List.of(stages));
    Simulation.run(trace, memory.spec(), true, folded);
    return folded.arrivals();
  }

  /** Of one image in a stage of these programs. */
  private long arrivalsOfImage(Program... programs) {
    return arrivals(1, stage(List.of(), programs));
  }

  @Test
  void aLoopCostsAsMuchHoweverLongItIs() {
    Step brief = new Loop(100, BODY);
    Step endless = new Loop(1L << 36, BODY);

    assertThat(arrivals(0, stage(List.of(), program(0, endless))))
        .isEqualTo(arrivals(0, stage(List.of(), program(0, brief))))
        .isLessThan(100);
  }

  @Test
  void aLoopAroundLoopsToo() {
    Step inner = new Loop(1000, BODY);
    Step brief = new Loop(10, List.of(inner, new Pool(3)));
    Step endless = new Loop(1 << 14, List.of(new Loop(1 << 10, List.of(inner, new Pool(3)))));

    assertThat(arrivals(1, stage(List.of(), program(0, endless))))
        .isLessThan(4 * arrivals(1, stage(List.of(), program(0, brief))));
  }

  /** Too few iterations of each loop for a state to recur, and two loads that queue within it. */
  @Test
  void shortLoopsDeepInsideEachOtherToo() {
    int depth = 31;
    Step nest = new Loop(2, List.of(new Load(0, 7), new Load(0, 7)));
    Step one = nest;
    for (int i = 1; i < depth; i++) {
      nest = new Loop(2, List.of(new Store(0, 3), nest));
      one = new Loop(1, List.of(new Store(0, 3), one));
    }
    Effort effort = new Effort();

    long cycles = cycles(nest, effort);

    // The store of level i is run 2^i times, what is inside all levels 2^(depth - 1) times.
    long inside = cycles(new Loop(2, List.of(new Load(0, 7), new Load(0, 7))), new Effort());
    long store = cycles(new Store(0, 3), new Effort());
    long innermost = 1L << (depth - 1);
    assertThat(cycles).isEqualTo(innermost * inside + (2 * innermost - 2) * store);
    assertThat(cycles(one, new Effort())).isEqualTo(inside + (depth - 1) * store);
    assertThat(effort.arrivals()).isLessThan(100);
  }

  private long cycles(Step step, Effort effort) {
    Trace trace = TestMemory.trace(1, 8, 1, 1, List.of(stage(List.of(), program(0, step))));
    return Simulation.run(trace, memory.spec(), true, effort).stages().get(0).cycles();
  }

  @Test
  void loopsThatCompeteToo() {
    assertThat(
            arrivalsOfImage(
                program(0, new Loop(1_000_000, BODY)), program(0, new Loop(700_000, BODY))))
        .isLessThan(1000);
  }

  @Test
  void imagesToo() {
    Stage[] stages = {
      stage(List.of(), program(0, new Fetch(30), new Loop(70, BODY))),
      stage(List.of(0), program(0, new Loop(30, List.of(new Load(1, 7), new Store(1, 3)))))
    };

    assertThat(arrivals(1_000_000, stages)).isLessThan(2 * arrivals(100, stages));
  }

  /** The pooling goes on in short steps while the mat is busy with a long one. */
  @Test
  void aFastLoopIsLeftOutWhileASlowCommandTakesItsTime() {
    Compute slow = new Compute(0, 0, 1, 1 << 20, 1, List.of(List.of(3, 1)));

    assertThat(
            arrivalsOfImage(
                program(0, new Load(0, 5), slow, new Store(0, 9)), program(0, FAST_LOOP)))
        .isLessThan(1000);
  }

  /** Whoever keeps a state gives way to a loop that comes round more often. */
  @Test
  void aFastLoopIsLeftOutWhileASlowOneComesRound() {
    Compute slow = new Compute(0, 0, 1, 1 << 18, 1, List.of(List.of(3, 1)));
    Compute once = new Compute(0, 1, 1, 1 << 19, 1, List.of(List.of(3, 1)));

    assertThat(
            arrivalsOfImage(
                program(0, new Loop(5, List.of(new Load(0, 5), slow, new Store(0, 9)))),
                program(0, once, FAST_LOOP)))
        .isLessThan(2000);
  }

  /** Nothing queues here, so there is no event to look at. */
  @Test
  void whatWaitsForNothingIsAddedUpAtOnce() {
    Step pools = new Loop(1L << 34, List.of(new Pool(2), new Merge(0, 5, 5), new Pool(1)));
    memory.poolingUnits = 1;
    Effort effort = new Effort();
    Trace trace =
        TestMemory.trace(
            1,
            8,
            1,
            0,
            List.of(
                stage(
                    List.of(),
                    program(0, new Loop(1 << 10, List.of(new Loop(1 << 24, BODY.subList(1, 3)))))),
                stage(List.of(0), program(1, new Merge(0, 3, 3), pools))));

    SimulationResult result = Simulation.run(trace, memory.spec(), true, effort);

    // A mat operation of 18 cycles, then 6 cycles of merging behind the next one.
    assertThat(result.stages().get(0).cycles()).isEqualTo((1L << 10) * ((1L << 24) * 18 + 6));
    assertThat(effort.arrivals()).isLessThan(1000);
  }
}
