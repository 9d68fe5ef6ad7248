package io.github.primesim.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How long a sweep is going to take, told from points spread evenly over it that are simulated
 * first. The program gets faster as it warms up, so the later ones of them count.
 */
final class SweepEstimate {
  private static final int MOST_PILOTS = 64;
  private static final int FEWEST_PILOTS = 4;
  private static final long PATIENCE_NS = 1_000_000_000;
  private static final double NS_PER_SECOND = 1e9;

  private final int points;
  private final long begin = System.nanoTime();
  private final List<Long> ends = new ArrayList<>();
  private int begun;

  /**
   * An estimate.
   *
   * @param points points still to be simulated
   */
  SweepEstimate(int points) {
    this.points = points;
  }

  /** The points to begin with: for a second, or longer where points take longer. */
  IntStream pilots(BitSet missing) {
    int[] all = missing.stream().toArray();
    int pilots = Math.min(MOST_PILOTS, all.length);
    return IntStream.range(0, pilots)
        .takeWhile(i -> begun++ < FEWEST_PILOTS || System.nanoTime() - begin < PATIENCE_NS)
        .map(i -> all[(int) ((long) i * all.length / pilots)]);
  }

  /** One of them is done. */
  void done() {
    ends.add(System.nanoTime());
  }

  /** What is left, in words. */
  String text() {
    int from = ends.size() / 2;
    long since = from == 0 ? begin : ends.get(from - 1);
    double each = (double) (ends.get(ends.size() - 1) - since) / (ends.size() - from);
    return String.format(
        Locale.ROOT,
        "%,d points, of which %,d are left: about %s",
        points,
        points - ends.size(),
        duration(each * (points - ends.size()) / NS_PER_SECOND));
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
