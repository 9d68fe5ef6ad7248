package io.github.primesim.device;

import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Watches the images of a run, and finds out when an endless stream of them has become steady.
 *
 * <p>The rule: the first images meet an empty memory, so only images count of which every stage
 * began after the first image was complete; they have the whole pipeline around them from beginning
 * to end. Their intervals (between two completions) are steady as soon as the last ones repeat with
 * a period of one to {@value #LONGEST_PERIOD} images, at least twice and over at least {@value
 * #FEWEST_INTERVALS} intervals; then the mean over a period is the exact interval of the stream.
 *
 * <p>Streams whose stages share the path between banks show no such period. They are told by their
 * <em>lag</em>: how far the ends of an image, the mean over all stages, are behind those of the
 * first image let in at the same pace. The lag of any stream grows at first, until requests have
 * piled up where they wait; what counts is whether it goes on. When {@value #FIRST_LOOK} images are
 * complete, and twice and four times as many, provided the last of them counts as above:
 *
 * <ul>
 *   <li>If each image was let in on time and the lag has grown at most half as much over the later
 *       half of them as over the earlier one (or by less than 1/{@value #UNNOTICED} of an interval
 *       an image), it grows less than linearly: in the long run images are completed at the pace at
 *       which they are let in.
 *   <li>Otherwise the memory may not keep up with the pace. After {@value #LAST_LOOK} images the
 *       interval is the mean over their later half and over the ends in all stages, since
 *       completions alone come in bursts.
 * </ul>
 *
 * <p>With several instances an image is complete when all instances have completed theirs.
 */
final class ImageLog {
  private static final int LONGEST_PERIOD = 4;
  private static final int FEWEST_INTERVALS = 3;
  private static final int FIRST_LOOK = 16;
  private static final int LAST_LOOK = 4 * FIRST_LOOK;
  private static final int UNNOTICED = 200;

  private final int stages;
  private final int nodes;
  private final int imagesOfFirst;
  private final boolean endless;

  /** Cycles between two images that are let in. */
  private final long leastInterval;

  /** By image that may be observed and stage of the first instance. */
  private final List<List<Counts<Stall>>> waits = new ArrayList<>();

  /** The image whose waiting is asked for in the end, as an index of {@link #waits}. */
  private int observed;

  private final long[] began;
  private final long[] ended;

  // By image, of an endless stream only.
  private final long[] firstBegin;
  private final long[] completion;
  private final long[] sumOfEnds;
  private final int[] missing;

  /** The first image that a source did not begin when it was to be let in. */
  private int firstHeldBack = Integer.MAX_VALUE;

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
    began = new long[stages];
    ended = new long[stages];
    int logged = endless ? imagesOfFirst : 0;
    firstBegin = new long[logged];
    Arrays.fill(firstBegin, Long.MAX_VALUE);
    completion = new long[logged];
    sumOfEnds = new long[logged];
    missing = new int[logged];
    Arrays.fill(missing, nodes);
    for (int image = 0; image < Math.max(logged, 1); image++) {
      waits.add(new ArrayList<>(Collections.nCopies(stages, Counts.none())));
    }
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
   * Images of an endless stream that are let in at most: every stage may hold a few more when the
   * last one that is looked at is complete.
   */
  static int mostImages(int stages) {
    return LAST_LOOK + 2 * stages;
  }

  /** Whether it is a stream that is watched, image by image. */
  boolean isEndless() {
    return endless;
  }

  /**
   * A stage begins an image.
   *
   * @param source whether nothing but the pace feeds it
   */
  void begins(int image, long time, boolean source) {
    if (endless) {
      firstBegin[image] = Math.min(firstBegin[image], time);
      if (source && time > image * leastInterval) {
        firstHeldBack = Math.min(firstHeldBack, image);
      }
    }
  }

  /** Whether {@link #ends} is to be told what a stage waited for during an image. */
  boolean wantsWaits(int node, int image) {
    return node < stages && (endless || image == imagesOfFirst - 1);
  }

  /**
   * A stage has an image done.
   *
   * @param waited what it waited for, if {@link #wantsWaits}
   */
  void ends(int node, int image, long begin, long end, Counts<Stall> waited) {
    makespan = Math.max(makespan, end);
    if (endless) {
      if (wantsWaits(node, image)) {
        waits.get(image).set(node, waited);
      }
      completion[image] = Math.max(completion[image], end);
      sumOfEnds[image] = Math.addExact(sumOfEnds[image], end);
      if (--missing[image] == 0) {
        completed(image);
      }
    } else if (wantsWaits(node, image)) {
      waits.get(observed).set(node, waited);
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
      if (image >= settled && keepsUp(image)) {
        throughput = new Throughput(1, leastInterval, false);
      } else if (image == LAST_LOOK) {
        throughput = mean(image);
      }
    }
    if (throughput != null) {
      complete = true;
      observed = image;
    }
  }

  /** Whether the lag grows less than linearly; known after each doubling of the images. */
  private boolean keepsUp(int image) {
    if (image != FIRST_LOOK && image != 2 * FIRST_LOOK && image != LAST_LOOK) {
      return false;
    }
    int half = image / 2;
    double later = lagged(half, image);
    return firstHeldBack > image
        && (2 * later <= lagged(0, half)
            || UNNOTICED * later < (double) leastInterval * half * nodes);
  }

  /** Growth of the lag from one image to another, summed over the stages. */
  private double lagged(int from, int to) {
    return sumOfEnds[to] - sumOfEnds[from] - (double) leastInterval * (to - from) * nodes;
  }

  private Throughput mean(int image) {
    int intervals = image / 2;
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
  Counts<Stall> waits(int stage) {
    return waits.get(observed).get(stage);
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
