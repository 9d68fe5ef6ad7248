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
 * <p>All arithmetic is in single precision and in a fixed order; ties go to the lower cluster.
 */
final class KMeans {
  private final DistinctColumns columns;
  private final int bits;
  private final int iterations;

  /** Cluster of each pattern that took part. */
  final int[] cluster;

  /** Distance of each pattern that took part to the centroid of its cluster. */
  final float[] distance;

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
    this.distance = new float[columns.patterns()];
  }

  /**
   * Clusters patterns; leaves the result in {@link #cluster} and {@link #distance}.
   *
   * @param active patterns that take part
   * @param weight columns that each pattern stands for
   * @param k clusters; some may end up empty
   */
  void run(int[] active, int[] weight, int k, SplittableRandom random) {
    float[] doubled = new float[bits * k];
    float[] norm = new float[k];
    int[] order = active.clone();
    for (int j = 0; j < k; j++) {
      int other = j + random.nextInt(order.length - j);
      int chosen = order[other];
      order[other] = order[j];
      order[j] = chosen;
      for (int i = columns.bitStart[chosen]; i < columns.bitStart[chosen + 1]; i++) {
        doubled[columns.bit[i] * k + j] = 2;
      }
      norm[j] = columns.bitStart[chosen + 1] - columns.bitStart[chosen];
    }
    for (int iteration = 0; iteration < iterations; iteration++) {
      if (iteration > 0) {
        update(active, weight, doubled, norm);
      }
      assign(active, doubled, norm);
    }
  }

  private void assign(int[] active, float[] doubled, float[] norm) {
    int k = norm.length;
    float[] score = new float[k];
    for (int pattern : active) {
      System.arraycopy(norm, 0, score, 0, k);
      for (int i = columns.bitStart[pattern]; i < columns.bitStart[pattern + 1]; i++) {
        subtract(score, doubled, columns.bit[i] * k);
      }
      int best = 0;
      float least = score[0];
      for (int j = 1; j < k; j++) {
        if (score[j] < least) {
          least = score[j];
          best = j;
        }
      }
      cluster[pattern] = best;
      distance[pattern] = least + columns.bitStart[pattern + 1] - columns.bitStart[pattern];
    }
  }

  private static void subtract(float[] score, float[] doubled, int from) {
    for (int j = 0; j < score.length; j++) {
      score[j] -= doubled[from + j];
    }
  }

  /** Centroids become the means of their clusters; an empty one is never chosen again. */
  private void update(int[] active, int[] weight, float[] doubled, float[] norm) {
    int k = norm.length;
    int[] size = new int[k];
    Arrays.fill(doubled, 0);
    for (int pattern : active) {
      int j = cluster[pattern];
      size[j] += weight[pattern];
      for (int i = columns.bitStart[pattern]; i < columns.bitStart[pattern + 1]; i++) {
        doubled[columns.bit[i] * k + j] += weight[pattern]; // whole numbers: exact
      }
    }
    float[] scale = new float[k];
    for (int j = 0; j < k; j++) {
      scale[j] = size[j] == 0 ? 0 : 2f / size[j];
      norm[j] = size[j] == 0 ? Float.POSITIVE_INFINITY : 0;
    }
    for (int b = 0; b < bits; b++) {
      scaleRow(doubled, b * k, scale, norm);
    }
  }

  private static void scaleRow(float[] doubled, int from, float[] scale, float[] norm) {
    for (int j = 0; j < scale.length; j++) {
      float twice = doubled[from + j] * scale[j];
      doubled[from + j] = twice;
      norm[j] += 0.25f * twice * twice;
    }
  }
}
