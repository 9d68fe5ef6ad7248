package io.github.primesim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.metrics.Counts;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** The interval of streams whose ends are given. */
class ImageLogTest {
  private static final int STAGES = 20;
  private static final long INTERVAL = 1_000;

  /** Plays the stream in the order of time until the log has seen enough. */
  private static Throughput play(long leastInterval, IntToLongFunction[] ends) {
    ImageLog log = ImageLog.ofStream(new int[ends.length], 1, 2, leastInterval);
    int images = ImageLog.mostImages(ends.length);
    int[] done = new int[ends.length];
    while (!log.complete()) {
      int next = -1;
      for (int stage = 0; stage < ends.length; stage++) {
        boolean fed = stage == 0 || done[stage - 1] > done[stage];
        if (done[stage] < images
            && fed
            && (next < 0 || end(ends, done, stage) < end(ends, done, next))) {
          next = stage;
        }
      }
      long end = end(ends, done, next);
      log.begins(next, done[next], end - INTERVAL, next == 0);
      log.ends(next, done[next]++, end - INTERVAL, end, Counts.none());
    }
    return log.throughput();
  }

  private static long end(IntToLongFunction[] ends, int[] done, int stage) {
    return ends[stage].applyAsLong(done[stage]);
  }

  /** A stage is a while behind the one before it and, on top of that, late by up to a limit. */
  private static IntToLongFunction[] stream(long seed, int stages, long late) {
    IntToLongFunction[] ends = new IntToLongFunction[stages];
    for (int stage = 0; stage < stages; stage++) {
      SplittableRandom random = new SplittableRandom(seed + stage);
      long[] lateness = random.longs(ImageLog.mostImages(stages), 0, late + 1).toArray();
      long behind = stage * (INTERVAL + late);
      ends[stage] = image -> behind + (image + 1) * INTERVAL + lateness[image];
    }
    return ends;
  }

  @Test
  void aSteadyStreamHasItsExactInterval() {
    Throughput found = play(0, stream(1, STAGES, 0));
    assertThat(found.exact()).isTrue();
    assertThat(found.intervalCycles()).isEqualTo(INTERVAL);
  }

  @Test
  void aPeriodOfThreeImagesIsFound() {
    IntToLongFunction[] ends = {image -> image / 3 * 3_000L + new long[] {10, 900, 950}[image % 3]};
    Throughput found = play(0, ends);
    assertThat(found).isEqualTo(new Throughput(3, 3_000, true));
  }

  @Test
  void burstsOfSingleStagesHardlyMoveTheMean() {
    for (long seed = 1; seed <= 20; seed++) {
      // The completions alone, late by up to nine tenths of an interval, would be off by up to 7.5
      // %.
      Throughput found = play(0, stream(seed * 1_000, STAGES, INTERVAL * 9 / 10));
      assertThat(found.exact()).as("seed %d", seed).isFalse();
      assertThat(found.intervalCycles()).as("seed %d", seed).isCloseTo(INTERVAL, within(30.0));
    }
  }

  @Test
  void noMeanIsShorterThanWhatIsLetIn() {
    Throughput found = play(2 * INTERVAL, stream(7, STAGES, INTERVAL / 2));
    assertThat(found.exact()).isFalse();
    assertThat(found.intervalCycles()).isEqualTo(2 * INTERVAL);
  }

  /** Stages whose ends lag behind what is let in, the later ones more. */
  private static IntToLongFunction[] lagging(DoubleUnaryOperator lagOfLast) {
    IntToLongFunction[] ends = new IntToLongFunction[STAGES];
    for (int stage = 0; stage < STAGES; stage++) {
      double share = stage / (STAGES - 1.0);
      long behind = stage * INTERVAL / 4;
      // Completions with a period that is too long to be looked for.
      ends[stage] =
          image ->
              behind
                  + (image + 1) * INTERVAL
                  + Math.round(share * lagOfLast.applyAsDouble(image))
                  + (share == 1 ? image * image % 11 : 0);
    }
    return ends;
  }

  @Test
  void aLagThatComesToRestMakesTheIntervalThePace() {
    Throughput found = play(INTERVAL, lagging(image -> 3_000 * (1 - Math.exp(-image / 6.0))));
    assertThat(found).isEqualTo(new Throughput(1, INTERVAL, false));
  }

  @Test
  void aLagThatGrowsLikeARootLeavesThePaceAsItIs() {
    // Each doubling adds 0.41 of what was there before.
    Throughput found = play(INTERVAL, lagging(image -> 1_000 * Math.sqrt(image)));
    assertThat(found).isEqualTo(new Throughput(1, INTERVAL, false));
  }

  @Test
  void aLagThatGoesOnGrowingIsPartOfTheInterval() {
    // The last stage takes a quarter more than the pace, the others less: a mean over all stages.
    Throughput found = play(INTERVAL, lagging(image -> image * INTERVAL / 4.0));
    assertThat(found.images()).isEqualTo(32);
    assertThat(found.exact()).isFalse();
    assertThat(found.intervalCycles()).isCloseTo(1.125 * INTERVAL, within(1.0));
  }

  @Test
  void aSourceThatIsHeldBackDoesNotRunAtThePace() {
    // All stages take a quarter more than the pace, so nothing lags behind the source.
    IntToLongFunction[] ends = stream(3, STAGES, 10);
    Throughput found = play(INTERVAL * 4 / 5, ends);
    assertThat(found.images()).isEqualTo(32);
    assertThat(found.intervalCycles()).isCloseTo(INTERVAL, within(1.0));
  }
}
