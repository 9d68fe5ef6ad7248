package io.github.primesim.device;

import java.util.Arrays;

/**
 * How much later what is done for an image of a stream comes than the same for an earlier image.
 *
 * <p>A stream repeats itself with a period of p images if everything comes as much later as the
 * completions do: the begins and the ends of all stages, which then also wait for the same as long.
 * One period is not enough to tell. Stages that share units come round by chance, and where stages
 * hold each other back, images pass in bursts of as many as the memory buffers, with a shorter
 * period within a burst: so the repetition has to last over two periods and two bursts.
 *
 * <p>Kept by the number of the image, so that nothing depends on the order in which it becomes
 * known what different stages do.
 */
final class Periods {
  private static final int REPETITIONS = 2;
  private static final int LEAST_LONGEST = 4;

  private final int bufferedImages;
  private final int longest;

  // By node, of the last images.
  private final long[] begins;
  private final long[] ends;

  // By period, less one, and image: over all begins and ends.
  private final long[][] least;
  private final long[][] most;
  private final boolean[][] waitsDiffer;

  /**
   * Of some images.
   *
   * @param nodes stages of all instances
   * @param bufferedImages images that may wait between two stages
   * @param images how many are looked at
   */
  Periods(int nodes, int bufferedImages, int images) {
    this.bufferedImages = bufferedImages;
    // A period is seen only if it comes round before the images are over.
    longest = Math.max(LEAST_LONGEST, Math.min(bufferedImages, images / (REPETITIONS + 1)));
    begins = new long[nodes * (longest + 1)];
    ends = new long[nodes * (longest + 1)];
    least = new long[longest][images];
    most = new long[longest][images];
    waitsDiffer = new boolean[longest][images];
    for (int period = 0; period < longest; period++) {
      Arrays.fill(least[period], Long.MAX_VALUE);
      Arrays.fill(most[period], Long.MIN_VALUE);
    }
  }

  /** The longest period that is looked for, in images. */
  int longest() {
    return longest;
  }

  /** A stage begins an image; images of a stage come in their order. */
  void begins(int node, int image, long time) {
    note(begins, node, image, time);
  }

  /** A stage ends an image, likewise. */
  void ends(int node, int image, long time) {
    note(ends, node, image, time);
  }

  private void note(long[] times, int node, int image, long time) {
    int first = node * (longest + 1);
    for (int period = 1; period <= Math.min(longest, image); period++) {
      long later = time - times[first + (image - period) % (longest + 1)];
      least[period - 1][image] = Math.min(least[period - 1][image], later);
      most[period - 1][image] = Math.max(most[period - 1][image], later);
    }
    times[first + image % (longest + 1)] = time;
  }

  /** A stage waits otherwise for an image than for the one so many images before. */
  void waitsDiffer(int image, int period) {
    waitsDiffer[period - 1][image] = true;
  }

  /** The first image that must be like those after it for {@link #repeats} to be told. */
  int firstCompared(int image, int period) {
    return image - REPETITIONS * Math.max(period, bufferedImages) - period + 1;
  }

  /**
   * Whether the images up to {@code image}, which are complete, come {@code cycles} later than
   * those {@code period} images before.
   */
  boolean repeats(int image, int period, long cycles) {
    for (int i = firstCompared(image, period) + period; i <= image; i++) {
      if (least[period - 1][i] != cycles
          || most[period - 1][i] != cycles
          || waitsDiffer[period - 1][i]) {
        return false;
      }
    }
    return true;
  }
}
