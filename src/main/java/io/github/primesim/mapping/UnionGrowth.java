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
 */
final class UnionGrowth {
  /** The index is rebuilt without the items taken when these are a third of it. */
  private static final int REBUILD_SHARE = 3;

  private static final int TAKEN = Integer.MIN_VALUE / 2;

  private final int perGroup;
  private final int features;
  private final int[] order;
  private int ordered;

  /** Free items, by descending number of features when the index was built. */
  private int[] items;

  private SparsePattern pattern;
  private SparsePattern inverted;
  private int[] overlap;
  private boolean[] taken;

  /** Begin of each run of items with equally many features; one more entry ends the last. */
  private int[] runs;

  private final int[] memberOf;
  private int union;
  private int group;
  private int takenSinceBuilt;

  private UnionGrowth(SparsePattern all, int perGroup) {
    this.perGroup = perGroup;
    this.features = all.features();
    this.memberOf = new int[features];
    this.order = new int[all.occupied().length];
    build(all, byDegree(all));
  }

  /**
   * The items that have a feature, most features first; the lower index first among equals.
   *
   * @param all the items
   */
  static int[] byDegree(SparsePattern all) {
    int[] degree = new int[all.items()];
    Arrays.setAll(degree, all::degree);
    return HeaviestFirst.order(degree);
  }

  /**
   * The items that have a feature, {@code perGroup} at a time; each group ascending.
   *
   * @param all the items
   */
  static int[] order(SparsePattern all, int perGroup) {
    UnionGrowth growth = new UnionGrowth(all, perGroup);
    while (growth.ordered < growth.order.length) {
      growth.grow();
    }
    return growth.order;
  }

  private void build(SparsePattern source, int[] selected) {
    items = items == null ? selected : translate(selected);
    pattern = source.select(selected);
    inverted = pattern.transposed();
    overlap = new int[items.length];
    taken = new boolean[items.length];
    takenSinceBuilt = 0;
    int[] begins = new int[items.length + 1];
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (i == 0 || pattern.degree(i) != pattern.degree(i - 1)) {
        begins[count++] = i;
      }
    }
    begins[count] = items.length;
    runs = Arrays.copyOf(begins, count + 1);
  }

  private int[] translate(int[] selected) {
    int[] originals = new int[selected.length];
    Arrays.setAll(originals, i -> items[selected[i]]);
    return originals;
  }

  private void grow() {
    if (takenSinceBuilt > items.length / REBUILD_SHARE) {
      int[] free = new int[items.length - takenSinceBuilt];
      int next = 0;
      for (int i = 0; i < items.length; i++) {
        if (!taken[i]) {
          free[next++] = i;
        }
      }
      build(pattern, free);
    }
    for (int i = 0; i < overlap.length; i++) {
      overlap[i] = taken[i] ? TAKEN : 0;
    }
    group++;
    union = 0;
    int first = ordered;
    int end = Math.min(first + perGroup, order.length);
    int seed = 0;
    while (taken[seed]) {
      seed++;
    }
    take(seed);
    while (ordered < end) {
      take(best());
    }
    Arrays.sort(order, first, end);
  }

  private void take(int item) {
    order[ordered++] = items[item];
    taken[item] = true;
    takenSinceBuilt++;
    overlap[item] = TAKEN;
    int[] list = pattern.list();
    int[] others = inverted.list();
    int[] counts = overlap;
    for (int k = pattern.start(item); k < pattern.start(item + 1); k++) {
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

  /** Among items of equally many features the one with the largest overlap is best. */
  private int best() {
    long bestScore = Long.MIN_VALUE;
    int best = -1;
    for (int run = 0; run + 1 < runs.length; run++) {
      long degree = pattern.degree(runs[run]);
      if (degree * (features - union) <= bestScore) {
        break; // nor can items of fewer features do better
      }
      int most = -1;
      int at = -1;
      for (int i = runs[run]; i < runs[run + 1]; i++) {
        if (overlap[i] > most) {
          most = overlap[i];
          at = i;
        }
      }
      long score = most * (long) features - union * degree;
      if (at >= 0 && score > bestScore) {
        bestScore = score;
        best = at;
      }
    }
    return best;
  }
}
