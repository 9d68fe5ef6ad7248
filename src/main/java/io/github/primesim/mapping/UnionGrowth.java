package io.github.primesim.mapping;

import java.util.Arrays;

/**
 * Groups of items that share features, so that the unions of the groups are small.
 *
 * <p>A group begins with the item of most features that is still free. It grows by the item with
 * the largest {@code overlap - fill * degree}: features it shares with the union, less what an item
 * of that many features would share by chance, where fill is the share of all features the union
 * has. Ties go to the item of more features, then to the lower index. Overlaps are counted through
 * an inverted index as the union grows: each feature that enters it costs a pass over the items
 * that have it.
 *
 * <p>Each group follows from the ones before, item by item. Threads therefore share the items
 * instead of the groups: each counts the overlaps of its own, proposes the best of them, and all
 * take the best of the proposals.
 */
final class UnionGrowth {
  /** With fewer items for each, threads wait for each other more than they save. */
  private static final int LEAST_ITEMS_OF_A_THREAD = 512;

  private final SparsePattern all;
  private final int perGroup;

  /** The items that have a feature, most features first: position in here is the rank. */
  private final int[] ranked;

  private final int[] order;
  private final Election election;
  private final int shares;

  private UnionGrowth(SparsePattern all, int perGroup, int shares) {
    this.all = all;
    this.perGroup = perGroup;
    this.shares = shares;
    ranked = byDegree(all);
    order = new int[ranked.length];
    election = new Election(shares);
  }

  /**
   * The items that have a feature, most features first; the lower index first among equals.
   *
   * @param all the items
   */
  static int[] byDegree(SparsePattern all) {
    int[] degree = new int[all.items()];
    Arrays.setAll(degree, all::degree);
    return new WeightOrder(degree.length).of(degree);
  }

  /**
   * The items that have a feature, {@code perGroup} at a time; each group ascending.
   *
   * @param all the items
   */
  static int[] order(SparsePattern all, int perGroup, Threads threads) {
    int useful = Math.min(threads.count(), Runtime.getRuntime().availableProcessors());
    return orderInShares(
        all, perGroup, Math.max(1, Math.min(useful, all.items() / LEAST_ITEMS_OF_A_THREAD)));
  }

  /** The same with a given number of threads. */
  static int[] orderInShares(SparsePattern all, int perGroup, int shares) {
    UnionGrowth growth = new UnionGrowth(all, perGroup, shares);
    Threads.together(shares, growth::grow);
    return growth.order;
  }

  private void grow(int share) {
    try {
      new Share(share).grow();
    } catch (RuntimeException | Error e) {
      election.abandon(e);
      throw e;
    }
  }

  /** Every so many-th item by rank, so that all shares have items of all degrees. */
  private final class Share {
    /** The index is rebuilt without the items taken when these are a third of it. */
    private static final int REBUILD_SHARE = 3;

    private static final int TAKEN = Integer.MIN_VALUE / 2;

    private final int number;
    private final int[] memberOf = new int[all.features()];
    private int ordered;
    private int union;
    private int group;

    /** Ranks of the items that were free when the index was built, ascending. */
    private int[] ranks;

    private SparsePattern inverted;
    private int[] overlap;
    private boolean[] taken;
    private int takenSinceBuilt;

    /** Begin of each run of items with equally many features; one more entry ends the last. */
    private int[] runs;

    /** The best free item of the share, where there is one, and its score. */
    private int best;

    private long bestScore;

    Share(int number) {
      this.number = number;
      int[] own = new int[(ranked.length - number + shares - 1) / shares];
      Arrays.setAll(own, i -> number + i * shares);
      build(own);
    }

    private void build(int[] free) {
      ranks = free;
      int[] items = new int[free.length];
      Arrays.setAll(items, i -> ranked[free[i]]);
      inverted = all.select(items).transposed();
      overlap = new int[free.length];
      taken = new boolean[free.length];
      takenSinceBuilt = 0;
      int[] begins = new int[free.length + 1];
      int count = 0;
      for (int i = 0; i < items.length; i++) {
        if (i == 0 || all.degree(items[i]) != all.degree(items[i - 1])) {
          begins[count++] = i;
        }
      }
      begins[count] = items.length;
      runs = Arrays.copyOf(begins, count + 1);
    }

    void grow() {
      while (ordered < order.length) {
        rebuildIfWorthwhile();
        for (int i = 0; i < overlap.length; i++) {
          overlap[i] = taken[i] ? TAKEN : 0;
        }
        group++;
        union = 0;
        int first = ordered;
        int end = Math.min(first + perGroup, order.length);
        findFirst();
        while (ordered < end) {
          int elected = election.elect(number, bestScore, best < 0 ? Election.NOBODY : ranks[best]);
          if (best >= 0 && ranks[best] == elected) {
            taken[best] = true;
            takenSinceBuilt++;
            overlap[best] = TAKEN;
          }
          int item = ranked[elected];
          if (number == 0) {
            order[ordered] = item;
          }
          ordered++;
          if (ordered < end) {
            enter(item);
            findBest();
          }
        }
        if (number == 0) {
          Arrays.sort(order, first, end);
        }
      }
    }

    private void rebuildIfWorthwhile() {
      if (takenSinceBuilt <= ranks.length / REBUILD_SHARE) {
        return;
      }
      int[] free = new int[ranks.length - takenSinceBuilt];
      int next = 0;
      for (int i = 0; i < ranks.length; i++) {
        if (!taken[i]) {
          free[next++] = ranks[i];
        }
      }
      build(free);
    }

    /** The features of an item, whoever's it is, enter the union. */
    private void enter(int item) {
      int[] list = all.list();
      int[] others = inverted.list();
      int[] counts = overlap;
      int to = all.start(item + 1);
      for (int k = all.start(item); k < to; k++) {
        int entering = list[k];
        if (memberOf[entering] != group) {
          memberOf[entering] = group;
          union++;
          int end = inverted.start(entering + 1);
          for (int i = inverted.start(entering); i < end; i++) {
            counts[others[i]]++;
          }
        }
      }
    }

    private void findFirst() {
      bestScore = 0;
      best = 0;
      while (best < taken.length && taken[best]) {
        best++;
      }
      if (best == taken.length) {
        best = -1;
      }
    }

    /** Among items of equally many features the one with the largest overlap is best. */
    private void findBest() {
      long features = all.features();
      bestScore = Long.MIN_VALUE;
      best = -1;
      for (int run = 0; run + 1 < runs.length; run++) {
        long degree = all.degree(ranked[ranks[runs[run]]]);
        if (degree * (features - union) <= bestScore) {
          break; // nor can items of fewer features do better
        }
        int most = leastOverlap(degree) - 1;
        int at = -1;
        for (int i = runs[run]; i < runs[run + 1]; i++) {
          if (overlap[i] > most) {
            most = overlap[i];
            at = i;
          }
        }
        if (at >= 0) {
          bestScore = most * features - union * degree;
          best = at;
        }
      }
    }

    /**
     * The overlap with which an item of so many features does better than the best one so far. Few
     * items pass it, so the processor foresees the comparison; it would not if each run began at 0.
     */
    private int leastOverlap(long degree) {
      if (best < 0) {
        return 0;
      }
      return (int) Math.floorDiv(bestScore + union * degree, (long) all.features()) + 1;
    }
  }
}
