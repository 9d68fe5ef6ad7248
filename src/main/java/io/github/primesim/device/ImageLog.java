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
 * to end. The stream is steady as soon as it repeats itself with a period of one to {@value
 * #LONGEST_PERIOD} images, at least {@value #REPETITIONS} times: the last images of every stage
 * begin and end as much later as the completions come, and wait for the same as long. Then the mean
 * over a period is the exact interval of the stream. Completions alone repeat by chance while
 * stages still drift.
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
 *       completions alone come in bursts; of parts of the network that nothing connects, the
 *       slowest.
 * </ul>
 *
 * <p>With several instances an image is complete when all instances have completed theirs.
 */
final class ImageLog {
  private static final int LONGEST_PERIOD = 4;
  private static final int REPETITIONS = 2;

  /** Images whose begins and ends are kept of a node, a power of two. */
  private static final int KEPT = 16;

  private static final int FIRST_LOOK = 16;
  private static final int LAST_LOOK = 4 * FIRST_LOOK;
  private static final int UNNOTICED = 200;

  private final int stages;
  private final int nodes;
  private final int imagesOfFirst;
  private final boolean endless;

  /** Cycles between two images that are let in. */
  private final long leastInterval;

  /** By stage: the part of the network it belongs to. */
  private final int[] parts;

  /** Stages of each part. */
  private final int[] stagesOfPart;

  /** By image that may be observed and stage of the first instance. */
  private final List<List<Counts<Stall>>> waits = new ArrayList<>();

  /** The image whose waiting is asked for in the end, as an index of {@link #waits}. */
  private int observed;

  private final long[] began;
  private final long[] ended;

  // By image, of an endless stream only.
  private final long[] firstBegin;

  private final long[] completion;

  /** By part and image. */
  private final long[][] sumOfEnds;

  // By node, of an endless stream only: images begun and ended, and when the last ones were.
  private final int[] imagesBegun;
  private final int[] imagesEnded;
  private final long[] begins;
  private final long[] ends;
  private final int[] missing;

  /** The first image that a source did not begin when it was to be let in. */
  private int firstHeldBack = Integer.MAX_VALUE;

  private long makespan;
  private boolean complete;
  private Throughput throughput;

  private ImageLog(
      int[] parts, int instances, int imagesOfFirst, boolean endless, long leastInterval) {
    this.parts = parts.clone();
    this.stages = parts.length;
    this.nodes = stages * instances;
    this.imagesOfFirst = imagesOfFirst;
    this.endless = endless;
    this.leastInterval = leastInterval;
    began = new long[stages];
    ended = new long[stages];
    int logged = endless ? imagesOfFirst : 0;
    firstBegin = new long[logged];
    Arrays.fill(firstBegin, Long.MAX_VALUE);
    imagesBegun = new int[nodes];
    imagesEnded = new int[nodes];
    begins = new long[endless ? KEPT * nodes : 0];
    ends = new long[endless ? KEPT * nodes : 0];
    completion = new long[logged];
    stagesOfPart = new int[Arrays.stream(parts).max().orElse(0) + 1];
    for (int part : parts) {
      stagesOfPart[part]++;
    }
    sumOfEnds = new long[stagesOfPart.length][logged];
    missing = new int[logged];
    Arrays.fill(missing, nodes);
    for (int image = 0; image < Math.max(logged, 1); image++) {
      waits.add(new ArrayList<>(Collections.nCopies(stages, Counts.none())));
    }
  }

  /** Of a given number of images; the last image of the first instance is observed. */
  static ImageLog ofBatch(int stages, int instances, int imagesOfFirst) {
    return new ImageLog(new int[stages], instances, imagesOfFirst, false, 0);
  }

  /**
   * Of a stream; the image that completed last is observed.
   *
   * @param parts by stage: the part of the network it belongs to, numbered from 0; nothing connects
   *     stages of different parts
   * @param leastInterval cycles between two images that are let in
   */
  static ImageLog ofStream(int[] parts, int instances, long leastInterval) {
    return new ImageLog(parts, instances, mostImages(parts.length), true, leastInterval);
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
  void begins(int node, int image, long time, boolean source) {
    if (endless) {
      begins[kept(node, image)] = time;
      imagesBegun[node] = image + 1;
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
      ends[kept(node, image)] = end;
      imagesEnded[node] = image + 1;
      completion[image] = Math.max(completion[image], end);
      long[] sums = sumOfEnds[parts[node % stages]];
      sums[image] = Math.addExact(sums[image], end);
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
      if (intervals >= (REPETITIONS + 1) * period && repeats(image, period)) {
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
    long later = 0;
    for (long[] sums : sumOfEnds) {
      later = Math.addExact(later, sums[to] - sums[from]);
    }
    return later - (double) leastInterval * (to - from) * nodes;
  }

  private Throughput mean(int image) {
    int intervals = image / 2;
    long slowest = intervals * leastInterval;
    for (int part = 0; part < sumOfEnds.length; part++) {
      long ofAll = sumOfEnds[part][image] - sumOfEnds[part][image - intervals];
      int members = stagesOfPart[part] * (nodes / stages);
      slowest = Math.max(slowest, Math.round((double) ofAll / members));
    }
    return new Throughput(intervals, slowest, false);
  }

  /** Whether the last images of all stages are like those of a period before. */
  private boolean repeats(int image, int period) {
    long cycles = completion[image] - completion[image - period];
    for (int node = 0; node < nodes; node++) {
      for (int back = 1; back <= REPETITIONS * period; back++) {
        int begun = imagesBegun[node] - back;
        int ended = imagesEnded[node] - back;
        if (begins[kept(node, begun)] - begins[kept(node, begun - period)] != cycles
            || ends[kept(node, ended)] - ends[kept(node, ended - period)] != cycles
            || !waitsRepeat(node, ended, period)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean waitsRepeat(int node, int image, int period) {
    return node >= stages || waits.get(image).get(node).equals(waits.get(image - period).get(node));
  }

  private static int kept(int node, int image) {
    return node * KEPT + image % KEPT;
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
