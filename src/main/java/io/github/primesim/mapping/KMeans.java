package io.github.primesim.mapping;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Clusters of columns with similar zero patterns by Lloyd's iteration with mean centroids.
 *
 * <p>The distance of a pattern x to a centroid c is {@code |x| - 2 (sum of c over the set bits) +
 * |c|^2}, the squared Euclidean one, which for a centroid of zeros and ones is the Hamming
 * distance. Rounding the centroids to zeros and ones, as k-medians does, would not work: most bits
 * of sparse columns are zero, so centroids become zero, and the first of them takes nearly every
 * column.
 *
 * <p>All arithmetic is in fixed point, whose loops run in vector registers; ties go to the lower
 * cluster.
 */
final class KMeans {
  /** More than the distance to any centroid that is there. */
  private static final int FAR = 1 << 30;

  private final DistinctColumns columns;
  private final int bits;
  private final int iterations;

  /** Cluster of each pattern that took part. */
  final int[] cluster;

  /** Distance of each pattern that took part to the centroid of its cluster, times {@link #one}. */
  final int[] distance;

  /** What stands for 1: a power of two that leaves room for the largest distance. */
  final int one;

  /**
   * A clustering of some columns.
   *
   * @param bits bits of a column
   */
  KMeans(DistinctColumns columns, int bits, int iterations) {
    this.columns = columns;
    this.bits = bits;
    this.iterations = iterations;
    this.cluster = new int[columns.patterns()];
    this.distance = new int[columns.patterns()];
    this.one = Math.min(1 << 16, FAR / 4 / Integer.highestOneBit(2 * bits));
  }

  /**
   * Clusters patterns; leaves the result in {@link #cluster} and {@link #distance}.
   *
   * @param active patterns that take part
   * @param weight columns that each pattern stands for
   * @param k clusters; some may end up empty
   */
  void run(int[] active, int[] weight, int k, SplittableRandom random) {
    int[] doubled = new int[bits * k];
    int[] norm = new int[k];
    int[] order = active.clone();
    for (int j = 0; j < k; j++) {
      int other = j + random.nextInt(order.length - j);
      int chosen = order[other];
      order[other] = order[j];
      order[j] = chosen;
      for (int i = columns.bitStart[chosen]; i < columns.bitStart[chosen + 1]; i++) {
        doubled[columns.bit[i] * k + j] = 2 * one;
      }
      norm[j] = (columns.bitStart[chosen + 1] - columns.bitStart[chosen]) * one;
    }
    for (int iteration = 0; iteration < iterations; iteration++) {
      if (iteration > 0) {
        update(active, weight, doubled, norm);
      }
      assign(active, doubled, norm);
    }
  }

  private void assign(int[] active, int[] doubled, int[] norm) {
    int k = norm.length;
    int[] score = new int[k];
    for (int pattern : active) {
      int from = columns.bitStart[pattern];
      int to = columns.bitStart[pattern + 1];
      // Most patterns have two or three bits: two at once saves passes over the clusters.
      int first = columns.bit[from] * k;
      if (to == from + 1) {
        subtract(norm, doubled, first, score);
      } else {
        subtract(norm, doubled, first, columns.bit[from + 1] * k, score);
      }
      for (int i = from + 2; i < to; i++) {
        subtract(score, doubled, columns.bit[i] * k, score);
      }
      int least = least(score);
      int best = 0;
      while (score[best] != least) {
        best++;
      }
      cluster[pattern] = best;
      distance[pattern] = least + (to - from) * one;
    }
  }

  private static int least(int[] score) {
    int least = Integer.MAX_VALUE;
    for (int s : score) {
      least = Math.min(least, s);
    }
    return least;
  }

  private static void subtract(int[] from, int[] table, int at, int[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] = from[j] - table[at + j];
    }
  }

  private static void subtract(int[] from, int[] table, int at, int alsoAt, int[] target) {
    for (int j = 0; j < target.length; j++) {
      target[j] = from[j] - table[at + j] - table[alsoAt + j];
    }
  }

  /** Centroids become the means of their clusters; an empty one is never chosen again. */
  private void update(int[] active, int[] weight, int[] doubled, int[] norm) {
    int k = norm.length;
    int[] size = new int[k];
    Arrays.fill(doubled, 0);
    for (int pattern : active) {
      int j = cluster[pattern];
      size[j] += weight[pattern];
      for (int i = columns.bitStart[pattern]; i < columns.bitStart[pattern + 1]; i++) {
        doubled[columns.bit[i] * k + j] += weight[pattern];
      }
    }
    float[] scale = new float[k];
    float[] squares = new float[k];
    for (int j = 0; j < k; j++) {
      scale[j] = size[j] == 0 ? 0 : 2f * one / size[j];
    }
    for (int b = 0; b < bits; b++) {
      scaleRow(doubled, b * k, scale, squares);
    }
    for (int j = 0; j < k; j++) {
      norm[j] = size[j] == 0 ? FAR : Math.round(squares[j] / 4 / one);
    }
  }

  private static void scaleRow(int[] doubled, int from, float[] scale, float[] squares) {
    for (int j = 0; j < scale.length; j++) {
      float twice = doubled[from + j] * scale[j];
      doubled[from + j] = (int) (twice + 0.5f);
      squares[j] += twice * twice;
    }
  }
}
