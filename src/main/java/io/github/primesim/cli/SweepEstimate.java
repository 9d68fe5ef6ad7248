package io.github.primesim.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How long a sweep is going to take, told from points that are simulated first: some spread evenly
 * over it, then those that follow each of them. Only the latter count: they find made what points
 * share with those before them, as nearly all points of a sweep do, while each of the former may
 * make it for many. The program gets several times faster as it warms up, so the later ones count,
 * and they go on until they have taken a tenth of what is left, but no longer than ten seconds.
 */
final class SweepEstimate {
  private static final int MOST_RUNS = 64;
  private static final int FEWEST_POINTS = 4;

  /** The least for each of both kinds of points. */
  private static final long PATIENCE_NS = 500_000_000;

  private static final long MOST_PATIENCE_NS = 10_000_000_000L;
  private static final int SHARE = 10;
  private static final double NS_PER_SECOND = 1e9;

  private final int[] points;
  private final int runs;
  private final LongSupplier clock;
  private final List<Long> ends = new ArrayList<>();
  private int begun;
  private long since;
  private int before;

  /**
   * An estimate.
   *
   * @param missing points still to be simulated
   */
  SweepEstimate(BitSet missing) {
    this(missing, System::nanoTime);
  }

  /**
   * An estimate by another clock.
   *
   * @param clock tells nanoseconds
   */
  SweepEstimate(BitSet missing, LongSupplier clock) {
    this.points = missing.stream().toArray();
    this.runs = Integer.highestOneBit(Math.min(MOST_RUNS, (points.length + 1) / 2));
    this.clock = clock;
    this.since = clock.getAsLong();
  }

  /** The points to begin with: for half a second, or longer where points take longer. */
  IntStream scattered() {
    return IntStream.range(0, runs)
        .takeWhile(i -> i < FEWEST_POINTS || elapsed() < PATIENCE_NS)
        .peek(i -> begun++)
        .map(i -> points[start(spread(i))]);
  }

  /** Those that follow them; to be asked for when those are done. */
  IntStream following() {
    since = clock.getAsLong();
    before = ends.size();
    int scattered = begun;
    int longest = points.length / runs + 1;
    int[] followers =
        IntStream.range(0, scattered * longest)
            .filter(i -> 1 + i / scattered < length(spread(i % scattered)))
            .map(i -> points[start(spread(i % scattered)) + 1 + i / scattered])
            .toArray();
    return IntStream.range(0, followers.length)
        .takeWhile(i -> i < FEWEST_POINTS || isPatient())
        .map(i -> followers[i]);
  }

  private boolean isPatient() {
    long elapsed = elapsed();
    return elapsed < PATIENCE_NS
        || (elapsed < MOST_PATIENCE_NS && (ends.size() == before || elapsed < leftNs() / SHARE));
  }

  private long elapsed() {
    return clock.getAsLong() - since;
  }

  /** Runs in an order of which every beginning is spread over all: 0, 1/2, 1/4, 3/4, 1/8. */
  private int spread(int i) {
    return (int) ((Integer.toUnsignedLong(Integer.reverse(i)) * runs) >>> Integer.SIZE);
  }

  private int start(int run) {
    return (int) ((long) run * points.length / runs);
  }

  private int length(int run) {
    return start(run + 1) - start(run);
  }

  /** One of them is done. */
  void done() {
    ends.add(clock.getAsLong());
  }

  /** What is left, in words. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%,d points, of which %,d are left: about %s",
        points.length,
        points.length - ends.size(),
        duration(leftNs() / NS_PER_SECOND));
  }

  private double leftNs() {
    // A single point has none that follows.
    int first = before < ends.size() ? before : 0;
    int from = first + (ends.size() - first) / 2;
    long begin = from == first ? since : ends.get(from - 1);
    double each = (double) (ends.get(ends.size() - 1) - begin) / (ends.size() - from);
    return each * (points.length - ends.size());
  }

  /** Such as {@code 40 s}, {@code 12 min} or {@code 3 h 20 min}. */
  static String duration(double seconds) {
    long whole = Math.max(1, Math.round(seconds));
    if (whole < 120) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
