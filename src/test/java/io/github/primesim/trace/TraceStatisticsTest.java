package io.github.primesim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums over loops, and loops written out. */
class TraceStatisticsTest {
  private static final Command LOAD = new Command.Load(0, 5);
  private static final Command STORE = new Command.Store(0, 7);
  private static final Command POOL = new Command.Pool(1);

  @Test
  void loopsMultiply() {
    Trace trace =
        trace(
            List.of(
                LOAD,
                new Loop(3, List.of(POOL, new Loop(4, List.of(LOAD, STORE)))),
                new Together(List.of(LOAD, POOL))));

    TraceStatistics statistics = TraceStatistics.of(trace);

    assertThat(statistics.commands(0, Verb.LOAD)).isEqualTo(1 + 3 * 4 + 1);
    assertThat(statistics.commands(0, Verb.STORE)).isEqualTo(12);
    assertThat(statistics.commands(Verb.POOL)).isEqualTo(4);
    assertThat(statistics.commands(0)).isEqualTo(30);
    assertThat(statistics.commands()).isEqualTo(30);
    assertThat(statistics.bits(0, Verb.LOAD)).isEqualTo(14 * 5);
    assertThat(statistics.bits(0, Verb.STORE)).isEqualTo(12 * 7);
    assertThat(statistics.bits(0, Verb.POOL)).isZero();
    assertThat(statistics.iterations(0)).isEqualTo(3 + 3 * 4);
  }

  @Test
  void loopsAreWrittenOutUnlessTheirIterationsOverlap() {
    Loop pipeline = new Loop(2, List.of(LOAD, STORE));
    Trace trace =
        trace(
            List.of(
                new Loop(2, List.of(POOL, pipeline)),
                new Loop(3, List.of(STORE)),
                new Loop(1, List.of(LOAD, POOL))));

    assertThat(trace.unrolled(9).stages().get(0).programs().get(0).steps())
        .containsExactly(POOL, pipeline, POOL, pipeline, STORE, STORE, STORE, LOAD, POOL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace.unrolled(8))
        .withMessage("written out, the trace has more than the 8 steps allowed");
  }

  @Test
  void writingLoopsOutChangesNoSum() {
    for (long seed = 0; seed < 300; seed++) {
      Trace trace = new RandomTraces(seed).trace();
      Trace unrolled;
      try {
        unrolled = trace.unrolled(20_000);
      } catch (IllegalArgumentException tooLong) {
        continue;
      }
      TraceStatistics folded = TraceStatistics.of(trace);
      TraceStatistics flat = TraceStatistics.of(unrolled);
      assertThat(sums(flat, trace.stages().size()))
          .as("seed %d", seed)
          .isEqualTo(sums(folded, trace.stages().size()));
      assertThat(unrolled.header()).isEqualTo(trace.header());
    }
  }

  private static List<Long> sums(TraceStatistics statistics, int stages) {
    List<Long> sums = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      for (Verb verb : Verb.values()) {
        sums.add(statistics.commands(stage, verb));
        sums.add(statistics.bits(stage, verb));
      }
    }
    return sums;
  }

  private static Trace trace(List<Step> steps) {
    LayerFacts facts = new LayerFacts("convolution", 1, 1, 1, 1, 1, 1, 1, 1, 0, 1);
    TraceHeader header =
        new TraceHeader(
            "n",
            "synthetic",
            "0",
            "tiny",
            "*",
            List.of(),
            "dense",
            8,
            8,
            "pairs",
            "none",
            0,
            1,
            1,
            1,
            0,
            1,
            0,
            0,
            0,
            0);
    return new Trace(
        header,
        List.of(new Stage("conv", List.of(), facts, List.of(new Program(0, steps, Map.of())))));
  }
}
