package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command.Elementwise;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Send;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When stages begin images, and what follows for batches and streams. */
class StageOrderTest {
  private final TestMemory memory = new TestMemory();

  /** A stage in a bank of its own that takes {@code cycles}. */
  private static Stage work(int bank, int cycles, Integer... producers) {
    return stage(List.of(producers), program(bank, new Pool(cycles)));
  }

  private SimulationResult run(int batch, Stage... stages) {
    return memory.run(TestMemory.trace(1, 8, 1, batch, List.of(stages)));
  }

  @Test
  void aStageBeginsWhenAllItsProducersHaveEnded() {
    SimulationResult result = run(1, work(0, 10), work(1, 20, 0), work(2, 5, 0), work(3, 7, 1, 2));

    assertThat(result.stages().stream().map(StageResult::beginCycle))
        .containsExactly(0L, 10L, 10L, 30L);
    assertThat(result.latencyCycles()).isEqualTo(37);
    assertThat(result.stages().get(3).pipelinedStalls().get(Stall.PRODUCER))
        .as("the first image waits for nothing but the order of things")
        .isZero();
  }

  @Test
  void aStageHandlesOneImageAfterTheOther() {
    // Three images of 20 cycles in the second stage after the first has given it one.
    assertThat(run(3, work(0, 10), work(1, 20, 0)).throughput().cycles()).isEqualTo(10 + 3 * 20);
    assertThat(run(3, work(0, 20), work(1, 10, 0)).throughput().cycles()).isEqualTo(3 * 20 + 10);
  }

  @Test
  void aSlowProducerIsWaitedFor() {
    StageResult fast = run(3, work(0, 20), work(1, 5, 0)).stages().get(1);

    assertThat(fast.pipelinedStalls().get(Stall.PRODUCER)).isEqualTo(15);
    assertThat(fast.stalls().get(Stall.PRODUCER)).isZero();
  }

  /**
   * With one buffer a stage cannot go on before its consumer is done, so neighbours take turns;
   * with two they overlap.
   */
  @ParameterizedTest
  @CsvSource({"1, 30, 20", "2, 20, 10", "3, 20, 0"})
  void outputsAreHeldInBuffers(int buffers, long interval, long waited) {
    memory.bufferedImages = buffers;

    SimulationResult result = run(4, work(0, 10), work(1, 20, 0));

    assertThat(result.throughput().cycles()).isEqualTo(10 + 20 + 3 * interval);
    // The last of four images. Three buffers: it waits for image 0, which is done at 30.
    assertThat(result.stages().get(0).pipelinedStalls().get(Stall.CONSUMER)).isEqualTo(waited);
    assertThat(run(0, work(0, 10), work(1, 20, 0)).throughput())
        .isEqualTo(new Throughput(1, interval, true));
  }

  @Test
  void withoutContentionTheSlowestStageGivesThePace() {
    SimulationResult result =
        run(0, work(0, 10), work(1, 31, 0), work(2, 5, 1), work(3, 30, 2), work(4, 8, 3));

    assertThat(result.throughput()).isEqualTo(new Throughput(1, 31, true));
    assertThat(result.latencyCycles()).isEqualTo(10 + 31 + 5 + 30 + 8);
  }

  /** Stages in the same bank share its pooling units, so all stages together give the pace. */
  @Test
  void stagesThatShareAUnitSlowEachOtherDown() {
    SimulationResult result = run(0, work(0, 10), work(0, 31, 0), work(0, 5, 1));

    assertThat(result.throughput().intervalCycles()).isEqualTo(46);
    assertThat(result.stages().stream().mapToLong(s -> s.stalls().total()).sum())
        .as("an image alone does not meet another")
        .isEqualTo(43);
  }

  /** Side by side in one image they queue; in a stream one works on the next image meanwhile. */
  @Test
  void stagesThatQueueForEachOtherInOneImageNeedNotInAStream() {
    SimulationResult result =
        run(
            0,
            stage(List.of(), program(0, new Pool(20))),
            stage(List.of(), program(0, new Pool(10), new Elementwise(25))));

    assertThat(result.latencyCycles()).isEqualTo(20 + 10 + 25);
    assertThat(result.throughput()).isEqualTo(new Throughput(1, 10 + 25, true));
  }

  /**
   * The last stage waits for a long way round, so its short way holds the source back: as many
   * images as are buffered pass in a burst.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 9})
  void burstsOfImagesAreNotTakenForTheirInterval(int buffers) {
    memory.bufferedImages = buffers;
    Stage[] stages = {
      work(0, 20),
      work(1, 20, 0),
      work(2, 20, 1),
      work(3, 20, 2),
      work(4, 20, 3),
      work(5, 20, 4),
      work(6, 20, 5),
      work(7, 20, 0, 6)
    };
    assertIntervalOfBatches(stages);
  }

  /** Stages in banks of their own, each with producers drawn from those before it. */
  @Test
  void streamsOfAnyGraphAreAsFastAsBatches() {
    for (int seed = 1; seed <= 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      memory.bufferedImages = 1 + random.nextInt(6);
      Stage[] stages = new Stage[2 + random.nextInt(7)];
      for (int stage = 0; stage < stages.length; stage++) {
        List<Integer> producers = new ArrayList<>();
        for (int producer = 0; producer < stage; producer++) {
          if (producer == stage - 1 || random.nextInt(5) == 0) {
            producers.add(producer);
          }
        }
        stages[stage] = work(stage, 290 + random.nextInt(20), producers.toArray(new Integer[0]));
      }
      assertIntervalOfBatches(stages);
    }
  }

  private void assertIntervalOfBatches(Stage... stages) {
    Throughput stream = run(0, stages).throughput();
    int images = 420;
    double cycles =
        (double) run(2 * images, stages).throughput().cycles()
            - run(images, stages).throughput().cycles();
    String what = memory.bufferedImages + " buffers, " + Arrays.asList(stages);
    if (stream.exact()) {
      assertThat(stream.intervalCycles() * images).as(what).isCloseTo(cycles, within(1e-6));
    } else {
      assertThat(stream.intervalCycles() * images).as(what).isCloseTo(cycles, withinPercentage(2));
    }
  }

  @Test
  void instancesThatShareNothingMultiplyTheThroughput() {
    List<Stage> stages = List.of(work(0, 10), work(0, 30, 0));

    SimulationResult one = memory.run(TestMemory.trace(1, 1, 1, 0, stages));
    SimulationResult eight = memory.run(TestMemory.trace(8, 1, 1, 0, stages));
    SimulationResult copies = memory.run(TestMemory.trace(4, 1, 2, 0, stages));

    assertThat(eight.throughputPerSecond()).isEqualTo(8 * one.throughputPerSecond());
    assertThat(copies.throughputPerSecond()).isEqualTo(8 * one.throughputPerSecond());
    assertThat(eight.latencyCycles()).isEqualTo(one.latencyCycles());
    // One image every 40 cycles of 1 ns.
    assertThat(one.throughputPerSecond()).isEqualTo(1e9 / 40);
  }

  @Test
  void instancesShareThePathBetweenBanks() {
    Step sending = new Loop(10, List.of(new Send(1, 9)));
    List<Stage> stages = List.of(stage(List.of(), program(0, sending)));
    memory.readBitsPerNs = 9;
    memory.writeBitsPerNs = 9;

    SimulationResult one = memory.run(TestMemory.trace(1, 2, 1, 0, stages));
    SimulationResult four = memory.run(TestMemory.trace(4, 2, 1, 0, stages));

    assertThat(one.throughput().intervalCycles()).isEqualTo(110);
    assertThat(four.throughput().images() % 4).isZero();
    // 40 transfers of 9 cycles over the one path for four images.
    assertThat(four.throughput().intervalCycles()).isBetween(90.0, 91.0);
    assertThat(four.latencyCycles()).isEqualTo(110);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 1", "9, 2", "16, 2", "17, 3"})
  void aBatchGoesRoundInstancesAndCopies(int batch, int rounds) {
    SimulationResult result = memory.run(TestMemory.trace(4, 1, 2, batch, List.of(work(0, 10))));

    assertThat(result.throughput()).isEqualTo(new Throughput(batch, rounds * 10L, true));
  }

  @Test
  void aStreamWithAPeriodOfSeveralImagesIsExact() {
    // Stages 0 and 1 queue at the same unit; how they meet changes from image to image.
    SimulationResult result =
        run(
            0,
            stage(List.of(), program(0, new Pool(7), new Load(0, 3), new Pool(4))),
            stage(List.of(0), program(0, new Pool(5), new Load(0, 5), new Pool(2))));

    long batch = 600;
    long fewer = 300;
    Stage[] stages = {
      stage(List.of(), program(0, new Pool(7), new Load(0, 3), new Pool(4))),
      stage(List.of(0), program(0, new Pool(5), new Load(0, 5), new Pool(2)))
    };
    double mean =
        (run((int) batch, stages).throughput().cycles()
                - run((int) fewer, stages).throughput().cycles())
            / (double) (batch - fewer);
    assertThat(result.throughput().exact()).isTrue();
    assertThat(result.throughput().intervalCycles()).isEqualTo(mean);
  }

  @Test
  void theSameRunGivesTheSameResult() {
    for (int seed = 0; seed < 20; seed++) {
      var random = new java.util.SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random);
      TestMemory any = traces.memory();
      var trace = traces.trace(any, 0);
      assertThat(any.run(trace)).as("seed %d", seed).isEqualTo(any.run(trace));
    }
  }
}
