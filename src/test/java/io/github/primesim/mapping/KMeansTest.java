package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KMeansTest {
  /** Majority centroids are zero for columns this sparse, and one cluster takes nearly all. */
  @Test
  void sparseColumnsDoNotCollapseIntoOneCluster() {
    long seed = 3;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), 2048, 1024, 0.02);
    int[] sizes = sizes(run(weights, 32, seed), 32);

    // Two thirds are in the largest one; majority centroids leave all but thirty there.
    assertThat(Arrays.stream(sizes).max().getAsInt()).as("seed %d", seed).isLessThan(1024 * 3 / 4);
  }

  /** Kinds share a support of which each column has a tenth: no majority, but clear means. */
  @Test
  void findsKindsOfSparseColumns() {
    long seed = 4;
    int kinds = 8;
    IntegerMatrix weights = Matrices.kinds(new SplittableRandom(seed), 1600, 400, kinds, 20);
    KMeans clustering = run(weights, 4 * kinds, seed);
    int pure = 0;
    int[][] count = new int[4 * kinds][kinds];
    for (int c = 0; c < 400; c++) {
      count[clustering.cluster[c]][c % kinds]++;
    }
    for (int[] ofCluster : count) {
      pure += Arrays.stream(ofCluster).max().getAsInt();
    }

    assertThat(pure).as("columns in a cluster of their kind, seed %d", seed).isGreaterThan(300);
  }

  @Test
  void distancesAreThoseToTheMeans() {
    long seed = 6;
    int rows = 70;
    IntegerMatrix weights = Matrices.random(new SplittableRandom(seed), rows, 60, 0.3);
    KMeans clustering = new KMeans(columns(weights), 128, 60);
    int[] all = RowBlocks.consecutive(0, 60);
    int[] ones = new int[60];
    Arrays.fill(ones, 1);
    clustering.run(all, ones, 5, new SplittableRandom(seed));

    // After so many rounds nothing changes any more, so the centroids are the means.
    double[][] mean = new double[5][rows];
    int[] size = sizes(clustering, 5);
    for (int c = 0; c < 60; c++) {
      for (int r = 0; r < rows; r++) {
        mean[clustering.cluster[c]][r] +=
            weights.at(r, c) == 0 ? 0 : 1.0 / size[clustering.cluster[c]];
      }
    }
    for (int c = 0; c < 60; c++) {
      double own = distance(weights, c, mean[clustering.cluster[c]]);
      assertThat((double) clustering.distance[c] / clustering.one)
          .as("column %d", c)
          .isEqualTo(own, within(1e-2));
      for (int j = 0; j < 5; j++) {
        if (size[j] > 0) {
          assertThat(own).isLessThanOrEqualTo(distance(weights, c, mean[j]) + 1e-2);
        }
      }
    }
  }

  @Test
  void equalColumnsAreOnePattern() {
    IntegerMatrix weights =
        Matrices.of(
            2, 6, //
            1, 0, 5, 0, 0, 7, //
            2, 0, 0, 8, 0, 9);
    DistinctColumns columns = columns(weights);

    assertThat(columns.patterns()).isEqualTo(3);
    assertThat(columns.columns()).isEqualTo(4);
    assertThat(columns.column).containsExactly(0, 5, 2, 3);
    assertThat(columns.columnStart).containsExactly(0, 2, 3, 4);
    assertThat(columns.bit).containsExactly(0, 1, 0, 1);
    assertThat(columns.bitStart).containsExactly(0, 2, 3, 4);
  }

  private static double distance(IntegerMatrix weights, int column, double[] mean) {
    double sum = 0;
    for (int r = 0; r < mean.length; r++) {
      double difference = (weights.at(r, column) == 0 ? 0 : 1) - mean[r];
      sum += difference * difference;
    }
    return sum;
  }

  private static DistinctColumns columns(IntegerMatrix weights) {
    return DistinctColumns.of(
        ColumnBits.of(weights, RowBlocks.consecutive(0, weights.rows()), Sign.PAIR));
  }

  private static KMeans run(IntegerMatrix weights, int k, long seed) {
    DistinctColumns columns = columns(weights);
    KMeans clustering = new KMeans(columns, weights.rows(), 5);
    int[] weight = new int[columns.patterns()];
    Arrays.setAll(weight, columns::multiplicity);
    clustering.run(
        RowBlocks.consecutive(0, columns.patterns()), weight, k, new SplittableRandom(seed));
    return clustering;
  }

  private static int[] sizes(KMeans clustering, int k) {
    int[] sizes = new int[k];
    for (int cluster : clustering.cluster) {
      sizes[cluster]++;
    }
    return sizes;
  }
}
