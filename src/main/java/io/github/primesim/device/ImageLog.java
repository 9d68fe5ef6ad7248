package io.github.primesim.device;

import io.github.primesim.metrics.StallCounts;
import java.util.Arrays;

/**
 * Watches the images of a run, and finds out when an endless stream of them has become steady.
 *
 * <p>The rule: the first images meet an empty memory, so only images count of which every stage
 * began after the first image was complete; they have the whole pipeline around them from beginning
 * to end. Their intervals (between two completions) are steady as soon as the last ones repeat with
 * a period of one to {@value #LONGEST_PERIOD} images, at least twice and over at least {@value
 * #FEWEST_INTERVALS} intervals; then the mean over a period is the exact interval of the stream.
 *
 * <p>If {@value #MOST_INTERVALS} of them show no period, or the images run out, the interval is a
 * mean over those there are. Where stages wait for something they share, images are completed in
 * bursts, and the mean of so few intervals between completions would depend on which bursts it
 * begins and ends with. But all stages keep step in the long run, and few are in a burst at the
 * same time: so the mean is taken over the intervals between the ends of these images in every
 * stage.
 *
 * <p>With several instances an image is complete when all instances have completed theirs.
 */
final class ImageLog {
  private static final int LONGEST_PERIOD = 4;
  private static final int FEWEST_INTERVALS = 3;
  private static final int MOST_INTERVALS = 12;

  private final int stages;
  private final int nodes;
  private final int imagesOfFirst;
  private final boolean endless;

  /** Cycles between two images that are let in. */
  private final long leastInterval;

  /** Whichever image is observed, of the stages of the first instance. */
  private final StallCounts.Builder[] waits;

  private final long[] began;
  private final long[] ended;

  // By image, of an endless stream only.
  private final long[] firstBegin;
  private final long[] completion;
  private final long[] sumOfEnds;
  private final int[] missing;
  private final StallCounts.Builder[][] waitsOfImages;

  private long makespan;
  private boolean complete;
  private Throughput throughput;

  private ImageLog(
      int stages, int instances, int imagesOfFirst, boolean endless, long leastInterval) {
    this.stages = stages;
    this.nodes = stages * instances;
    this.imagesOfFirst = imagesOfFirst;
    this.endless = endless;
    this.leastInterval = leastInterval;
    waits = new StallCounts.Builder[stages];
    began = new long[stages];
    ended = new long[stages];
    int logged = endless ? imagesOfFirst : 0;
    firstBegin = new long[logged];
    Arrays.fill(firstBegin, Long.MAX_VALUE);
    completion = new long[logged];
    sumOfEnds = new long[logged];
    missing = new int[logged];
    Arrays.fill(missing, nodes);
    waitsOfImages = new StallCounts.Builder[logged][stages];
  }

  /** Of a given number of images; the last image of the first instance is observed. */
  static ImageLog ofBatch(int stages, int instances, int imagesOfFirst) {
    return new ImageLog(stages, instances, imagesOfFirst, false, 0);
  }

  /**
   * Of a stream; the image that completed last is observed.
   *
   * @param leastInterval cycles between two images that are let in
   */
  static ImageLog ofStream(int stages, int instances, long leastInterval) {
    return new ImageLog(stages, instances, mostImages(stages), true, leastInterval);
  }

  /**
   * Images of an endless stream that are simulated at most: every stage may hold a few of them when
   * the first one is complete.
   */
  static int mostImages(int stages) {
    return 64 + 2 * stages;
  }

  /** Whether it is a stream that is watched, image by image. */
  boolean isEndless() {
    return endless;
  }

  /** A stage begins an image. */
  void begins(int image, long time) {
    if (endless) {
      firstBegin[image] = Math.min(firstBegin[image], time);
    }
  }

  /** Whether {@link #ends} is to be told what a stage waited for during an image. */
  boolean wantsWaits(int image) {
    return endless || image == imagesOfFirst - 1;
  }

  /**
   * A stage has an image done.
   *
   * @param waited what it waited for, if {@link #wantsWaits}
   */
  void ends(int node, int image, long begin, long end, StallCounts.Builder waited) {
    makespan = Math.max(makespan, end);
    if (endless) {
      if (node < stages) {
        waitsOfImages[image][node] = waited;
      }
      completion[image] = Math.max(completion[image], end);
      sumOfEnds[image] = Math.addExact(sumOfEnds[image], end);
      if (--missing[image] == 0) {
        completed(image);
      }
    } else if (node < stages && wantsWaits(image)) {
      waits[node] = waited;
      began[node] = begin;
      ended[node] = end;
    }
  }

  private void completed(int image) {
    int settled = 0;
    while (settled <= image && firstBegin[settled] < completion[0]) {
      settled++;
    }
    int intervals = image - Math.max(settled, 1) + 1;
    for (int period = 1; period <= LONGEST_PERIOD && throughput == null; period++) {
      if (intervals >= Math.max(FEWEST_INTERVALS, 2 * period) && repeats(image, period)) {
        long cycles = completion[image] - completion[image - period];
        if (cycles >= period * leastInterval) {
          throughput = new Throughput(period, cycles, true);
        }
      }
    }
    if (throughput == null) {
      if (intervals >= MOST_INTERVALS) {
        throughput = mean(image, MOST_INTERVALS);
      } else if (image == completion.length - 1) {
        throughput = mean(image, Math.max(intervals, image / 2));
      }
    }
    if (throughput != null) {
      complete = true;
      System.arraycopy(waitsOfImages[image], 0, waits, 0, stages);
    }
  }

  private Throughput mean(int image, int intervals) {
    long ofAll = sumOfEnds[image] - sumOfEnds[image - intervals];
    long cycles = Math.round((double) ofAll / nodes);
    return new Throughput(intervals, Math.max(cycles, intervals * leastInterval), false);
  }

  private boolean repeats(int image, int period) {
    int compared = Math.max(FEWEST_INTERVALS, 2 * period) - period;
    for (int i = image; i > image - compared; i--) {
      if (completion[i] - completion[i - 1]
          != completion[i - period] - completion[i - period - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the stream has become steady. */
  boolean complete() {
    return complete;
  }

  /** When the last image was done. */
  long makespan() {
    return makespan;
  }

  /** The steady rate of a stream, of one instance and one copy. */
  Throughput throughput() {
    return throughput;
  }

  /** What a stage waited for during the observed image. */
  StallCounts waits(int stage) {
    return waits[stage].build();
  }

  /** When a stage began the observed image of a batch. */
  long began(int stage) {
    return began[stage];
  }

  /** When a stage ended the observed image of a batch. */
  long ended(int stage) {
    return ended[stage];
  }
}
