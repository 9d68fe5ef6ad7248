package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Does an independent engine see the same events in the same order? */
class SsjDifferentialTest {
  private static final int MODELS = 12_000;

  @Test
  void randomNetworksRunAsOnSsj() {
    RandomNetwork.Coverage coverage = new RandomNetwork.Coverage();
    for (long seed = 0; seed < MODELS; seed++) {
      KernelNetwork network = new KernelNetwork(seed, coverage);
      network.run(1 + seed % 700);
      SsjNetwork reference = new SsjNetwork(seed, new RandomNetwork.Coverage());
      reference.run();
      if (!Arrays.equals(network.trace(), reference.trace())
          || !Arrays.equals(network.statistics(), reference.statistics())) {
        assertThat(network.trace()).as("trace, seed %d", seed).isEqualTo(reference.trace());
        assertThat(network.statistics())
            .as("statistics, seed %d", seed)
            .isEqualTo(reference.statistics());
      }
      assertThat(network.experiment().pendingEvents()).as("seed %d", seed).isZero();
      coverage.waits += Arrays.stream(network.statistics()).skip(1).limit(1).sum();
    }
    // What the comparison is worth: the hard situations did occur.
    assertThat(coverage.events).as("events").isGreaterThan(100L * MODELS);
    assertThat(coverage.sameTime).as("ties").isGreaterThan(MODELS);
    assertThat(coverage.zeroDelays).as("zero delays").isGreaterThan(MODELS);
    assertThat(coverage.beyondWheel).as("far events").isGreaterThan(MODELS);
    assertThat(coverage.splits).as("fan-out").isGreaterThan(MODELS);
    assertThat(coverage.cancellations).as("cancellations").isGreaterThan(MODELS);
    assertThat(coverage.waits).as("waiting").isGreaterThan(MODELS);
  }

  @Test
  void experimentsOnManyThreadsDoNotDisturbEachOther() {
    long[][] alone = LongStream.range(0, 400).mapToObj(this::traceOf).toArray(long[][]::new);
    long[][] together =
        LongStream.range(0, 400).parallel().mapToObj(this::traceOf).toArray(long[][]::new);
    assertThat(together).isDeepEqualTo(alone);
  }

  private long[] traceOf(long seed) {
    KernelNetwork network = new KernelNetwork(seed, new RandomNetwork.Coverage());
    network.run(50);
    return network.trace();
  }
}
