package io.github.primesim.device;

import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Watches the images of a run, and finds out when an endless stream of them has become steady.
 *
 * <p>The rule: the first images meet an empty memory, so only images count of which every stage
 * began after the first image was complete; they have the whole pipeline around them from beginning
 * to end. The stream is steady as soon as it repeats itself ({@link Periods}), not in its
 * completions alone, which do so by chance, but in all that its stages do. Then the mean over a
 * period is the exact interval of the stream.
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

  // By image, of an endless stream only, up to the last one that is looked at.
  private final long[] firstBegin;
  private final long[] completion;
  private final int[] missing;

  /** Likewise, by part and image. */
  private final long[][] sumOfEnds;

  private final Periods periods;

  /** The first image that a source did not begin when it was to be let in. */
  private int firstHeldBack = Integer.MAX_VALUE;

  private long makespan;
  private boolean complete;
  private Throughput throughput;

  private ImageLog(
      int[] parts,
      int instances,
      int imagesOfFirst,
      boolean endless,
      int bufferedImages,
      long leastInterval) {
    this.parts = parts.clone();
    this.stages = parts.length;
    this.nodes = stages * instances;
    this.imagesOfFirst = imagesOfFirst;
    this.endless = endless;
    this.leastInterval = leastInterval;
    began = new long[stages];
    ended = new long[stages];
    int logged = endless ? LAST_LOOK + 1 : 0;
    firstBegin = new long[logged];
    Arrays.fill(firstBegin, Long.MAX_VALUE);
    completion = new long[logged];
    stagesOfPart = new int[Arrays.stream(parts).max().orElse(0) + 1];
    for (int part : parts) {
      stagesOfPart[part]++;
    }
    sumOfEnds = new long[stagesOfPart.length][logged];
    missing = new int[logged];
    Arrays.fill(missing, nodes);
    periods = new Periods(endless ? nodes : 0, bufferedImages, logged);
    for (int image = 0; image < Math.max(logged, 1); image++) {
      waits.add(new ArrayList<>(Collections.nCopies(stages, Counts.none())));
    }
  }

  /** Of a given number of images; the last image of the first instance is observed. */
  static ImageLog ofBatch(int stages, int instances, int imagesOfFirst) {
    return new ImageLog(new int[stages], instances, imagesOfFirst, false, 1, 0);
  }

  /**
   * Of a stream; the image that completed last is observed.
   *
   * @param parts by stage: the part of the network it belongs to, numbered from 0; nothing connects
   *     stages of different parts
   * @param bufferedImages images that may wait between two stages
   * @param leastInterval cycles between two images that are let in
   */
  static ImageLog ofStream(int[] parts, int instances, int bufferedImages, long leastInterval) {
    return new ImageLog(
        parts, instances, mostImages(parts.length), true, bufferedImages, leastInterval);
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
    if (endless && image <= LAST_LOOK) {
      periods.begins(node, image, time);
      firstBegin[image] = Math.min(firstBegin[image], time);
      if (source && time > image * leastInterval) {
        firstHeldBack = Math.min(firstHeldBack, image);
      }
    }
  }

  /** Whether {@link #ends} is to be told what a stage waited for during an image. */
  boolean wantsWaits(int node, int image) {
    return node < stages && (endless ? image <= LAST_LOOK : image == imagesOfFirst - 1);
  }

  /**
   * A stage has an image done.
   *
   * @param waited what it waited for, if {@link #wantsWaits}
   */
  void ends(int node, int image, long begin, long end, Counts<Stall> waited) {
    makespan = Math.max(makespan, end);
    if (endless) {
      if (image <= LAST_LOOK) {
        log(node, image, end, waited);
      }
    } else if (wantsWaits(node, image)) {
      waits.get(observed).set(node, waited);
      began[node] = begin;
      ended[node] = end;
    }
  }

  private void log(int node, int image, long end, Counts<Stall> waited) {
    periods.ends(node, image, end);
    if (wantsWaits(node, image)) {
      waits.get(image).set(node, waited);
      for (int period = 1; period <= Math.min(periods.longest(), image); period++) {
        if (!waited.equals(waits.get(image - period).get(node))) {
          periods.waitsDiffer(image, period);
        }
      }
    }
    completion[image] = Math.max(completion[image], end);
    long[] sums = sumOfEnds[parts[node % stages]];
    sums[image] = Math.addExact(sums[image], end);
    if (--missing[image] == 0) {
      completed(image);
    }
  }

  private void completed(int image) {
    int settled = 0;
    while (settled <= image && firstBegin[settled] < completion[0]) {
      settled++;
    }
    for (int period = 1; period <= periods.longest() && throughput == null; period++) {
      if (periods.firstCompared(image, period) >= Math.max(settled, 1)) {
        long cycles = completion[image] - completion[image - period];
        if (cycles >= period * leastInterval && periods.repeats(image, period, cycles)) {
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
    if (firstHeldBack <= image) {
      return false;
    }
    int half = image / 2;
    for (int part = 0; part < sumOfEnds.length; part++) {
      double later = lagged(part, half, image);
      if (2 * later > lagged(part, 0, half)
          && UNNOTICED * later >= (double) leastInterval * half * members(part)) {
        return false;
      }
    }
    return true;
  }

  /** Growth of the lag from one image to another, summed over the stages of a part. */
  private double lagged(int part, int from, int to) {
    long[] sums = sumOfEnds[part];
    return sums[to] - sums[from] - (double) leastInterval * (to - from) * members(part);
  }

  /** Stages of a part in all instances. */
  private int members(int part) {
    return stagesOfPart[part] * (nodes / stages);
  }

  private Throughput mean(int image) {
    int intervals = image / 2;
    long slowest = intervals * leastInterval;
    for (int part = 0; part < sumOfEnds.length; part++) {
      long ofAll = sumOfEnds[part][image] - sumOfEnds[part][image - intervals];
      slowest = Math.max(slowest, Math.round((double) ofAll / members(part)));
    }
    return new Throughput(intervals, slowest, false);
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

  /** Whether no two stages were active at the same time while the observed image of a batch was. */
  boolean stagesFollowEachOther() {
    Integer[] inOrder = new Integer[stages];
    Arrays.setAll(inOrder, stage -> stage);
    // One that takes no time may begin with the next one.
    Arrays.sort(
        inOrder,
        Comparator.comparingLong((Integer stage) -> began[stage])
            .thenComparingLong(stage -> ended[stage]));
    for (int i = 1; i < stages; i++) {
      if (began[inOrder[i]] < ended[inOrder[i - 1]]) {
        return false;
      }
    }
    return true;
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
