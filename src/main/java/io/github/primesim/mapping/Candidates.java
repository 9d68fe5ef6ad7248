package io.github.primesim.mapping;

import java.util.Arrays;

/**
 * Some of the items that {@link UnionGrowth} groups: how many features of the union each of them
 * has, and which free one is the best.
 */
final class Candidates {
  /** The overlap of an item that has been taken; below 0 whatever is counted. */
  private static final int TAKEN = Integer.MIN_VALUE;

  private final SparsePattern all;
  private final int features;
  private final InvertedIndex index;

  /** Rank and item of each candidate, ascending ranks: most features first. */
  private int[] ranks;

  private int[] items;
  private int[] overlap;

  /** Begin of each run of candidates with equally many features; one more entry ends the last. */
  private int[] runs;

  /** The best free candidate, -1 where there is none, and its score. */
  private int best;

  private long bestScore;

  /**
   * Every {@code step}-th item from {@code first} on, so that all have items of all degrees.
   *
   * @param ranked items by rank
   */
  Candidates(SparsePattern all, int[] ranked, int first, int step) {
    this.all = all;
    features = all.features();
    ranks = new int[(ranked.length - first + step - 1) / step];
    Arrays.setAll(ranks, i -> first + i * step);
    items = Arrays.stream(ranks).map(rank -> ranked[rank]).toArray();
    overlap = new int[ranks.length];
    index = new InvertedIndex(all, items);
    findRuns();
  }

  private void findRuns() {
    int[] begins = new int[items.length + 1];
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (i == 0 || all.degree(items[i]) != all.degree(items[i - 1])) {
        begins[count++] = i;
      }
    }
    begins[count] = items.length;
    runs = Arrays.copyOf(begins, count + 1);
  }

  /** Forgets those taken, over which each count still passes. */
  void dropTaken() {
    boolean[] free = new boolean[items.length];
    int left = 0;
    for (int i = 0; i < items.length; i++) {
      if (overlap[i] >= 0) {
        free[i] = true;
        ranks[left] = ranks[i];
        items[left++] = items[i];
      }
    }
    index.keep(free);
    ranks = Arrays.copyOf(ranks, left);
    items = Arrays.copyOf(items, left);
    overlap = new int[left];
    findRuns();
  }

  /** The union is empty again; the free candidate of most features is best. */
  void clear() {
    bestScore = 0;
    best = -1;
    for (int i = items.length - 1; i >= 0; i--) {
      if (overlap[i] >= 0) {
        overlap[i] = 0;
        best = i;
      } else {
        overlap[i] = TAKEN;
      }
    }
  }

  /** The rank of the best free candidate, {@link Election#NOBODY} where none is free. */
  int bestRank() {
    return best < 0 ? Election.NOBODY : ranks[best];
  }

  long bestScore() {
    return bestScore;
  }

  /** The best candidate joins the group. */
  void takeBest() {
    overlap[best] = TAKEN;
  }

  /**
   * Features enter the union.
   *
   * @param entering the first {@code number} of it, none of which was in the union
   * @param union features in the union with them
   */
  void enter(int[] entering, int number, int union) {
    index.count(entering, number, overlap);
    findBest(union);
  }

  /** Among items of equally many features the one with the largest overlap is best. */
  private void findBest(int union) {
    bestScore = Long.MIN_VALUE;
    best = -1;
    for (int run = 0; run + 1 < runs.length; run++) {
      long degree = all.degree(items[runs[run]]);
      if (degree * (features - union) <= bestScore) {
        break; // nor can items of fewer features do better
      }
      int most = leastOverlap(union, degree) - 1;
      int at = -1;
      for (int i = runs[run]; i < runs[run + 1]; i++) {
        if (overlap[i] > most) {
          most = overlap[i];
          at = i;
        }
      }
      if (at >= 0) {
        bestScore = (long) most * features - union * degree;
        best = at;
      }
    }
  }

  /**
   * The overlap with which an item of so many features does better than the best one so far. Few
   * items pass it, so the processor foresees the comparison; it would not if each run began at 0.
   */
  private int leastOverlap(int union, long degree) {
    if (best < 0) {
      return 0;
    }
    return (int) Math.floorDiv(bestScore + union * degree, (long) features) + 1;
  }
}
