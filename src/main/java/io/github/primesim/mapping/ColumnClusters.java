package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Crossbars of columns with similar zeros: zero columns are dropped, the others clustered by {@link
 * KMeans} into as many clusters as they fill crossbars. Of each cluster large enough the columns
 * closest to the centroid make one full crossbar; the rest goes back to the pool, which is
 * clustered again until it fits into a single crossbar.
 *
 * <p>With no more clusters than full crossbars at least one cluster is large enough, so each round
 * makes progress, and only the last crossbar is partly filled: z columns take ceil(z / n)
 * crossbars, the fewest possible.
 */
final class ColumnClusters {
  private static final int ITERATIONS = 5;

  private final int perCrossbar;
  private final DistinctColumns columns;
  private final KMeans kMeans;
  private final SplittableRandom random;

  /** Columns of each pattern that are placed already. */
  private final int[] placed;

  private final int[] left;
  private final List<int[]> crossbars = new ArrayList<>();

  private ColumnClusters(ColumnBits bits, int perCrossbar, SplittableRandom random) {
    this.perCrossbar = perCrossbar;
    this.columns = DistinctColumns.of(bits);
    this.kMeans = new KMeans(columns, bits.bitsPerColumn(), ITERATIONS);
    this.random = random;
    this.placed = new int[columns.patterns()];
    this.left = new int[columns.patterns()];
    Arrays.setAll(left, columns::multiplicity);
  }

  /** The columns of each crossbar, ascending; only the last one may be partly filled. */
  static List<int[]> pack(ColumnBits bits, int perCrossbar, SplittableRandom random) {
    ColumnClusters clusters = new ColumnClusters(bits, perCrossbar, random);
    clusters.run();
    return clusters.crossbars;
  }

  private void run() {
    int pool = columns.columns();
    int[] active = RowBlocks.consecutive(0, columns.patterns());
    while (pool > perCrossbar) {
      int k = Math.min(pool / perCrossbar, active.length);
      kMeans.run(active, left, k, random);
      pool -= keep(active, k);
      active = Arrays.stream(active).filter(pattern -> left[pattern] > 0).toArray();
    }
    if (pool > 0) {
      int[] last = new int[pool];
      int filled = 0;
      for (int pattern : active) {
        filled += take(pattern, last, filled);
      }
      crossbars.add(sorted(last));
    }
  }

  /** One crossbar of each cluster that fills one; how many columns that places. */
  private int keep(int[] active, int k) {
    int[] size = new int[k];
    int[] start = new int[k + 2];
    for (int pattern : active) {
      size[kMeans.cluster[pattern]] += left[pattern];
      start[kMeans.cluster[pattern] + 2]++;
    }
    for (int j = 0; j < k; j++) {
      start[j + 2] += start[j + 1];
    }
    long[] byCluster = new long[active.length];
    for (int pattern : active) {
      byCluster[start[kMeans.cluster[pattern] + 1]++] =
          (long) kMeans.distance[pattern] << Integer.SIZE | pattern;
    }
    int placedNow = 0;
    for (int j = 0; j < k; j++) {
      if (size[j] >= perCrossbar) {
        Arrays.sort(byCluster, start[j], start[j + 1]);
        int[] crossbar = new int[perCrossbar];
        int filled = 0;
        for (int i = start[j]; filled < perCrossbar; i++) {
          filled += take((int) byCluster[i], crossbar, filled);
        }
        crossbars.add(sorted(crossbar));
        placedNow += perCrossbar;
      }
    }
    return placedNow;
  }

  /** Moves columns of a pattern to {@code target} until either runs out. */
  private int take(int pattern, int[] target, int filled) {
    int taken = Math.min(left[pattern], target.length - filled);
    System.arraycopy(
        columns.column, columns.columnStart[pattern] + placed[pattern], target, filled, taken);
    placed[pattern] += taken;
    left[pattern] -= taken;
    return taken;
  }

  private static int[] sorted(int[] numbers) {
    Arrays.sort(numbers);
    return numbers;
  }
}
