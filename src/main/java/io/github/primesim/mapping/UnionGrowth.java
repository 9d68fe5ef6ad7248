package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
  private final int threads;

  /** Equally many for each thread. */
  private final int shares;

  private UnionGrowth(SparsePattern all, int perGroup, int threads, int perShare) {
    this.all = all;
    this.perGroup = perGroup;
    this.threads = threads;
    ranked = byDegree(all);
    shares =
        threads * Math.max(1, (int) RowBlocks.ceilDiv(ranked.length, (long) threads * perShare));
    order = new int[ranked.length];
    election = new Election(threads);
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
    return order(
        all,
        perGroup,
        Math.max(1, Math.min(useful, all.items() / LEAST_ITEMS_OF_A_THREAD)),
        InvertedIndex.MOST_ITEMS);
  }

  /** The same with a given number of threads, each with shares of at most so many items. */
  static int[] order(SparsePattern all, int perGroup, int threads, int perShare) {
    UnionGrowth growth = new UnionGrowth(all, perGroup, threads, perShare);
    Threads.together(threads, growth::grow);
    return growth.order;
  }

  private void grow(int thread) {
    try {
      new Grower(thread).grow();
    } catch (RuntimeException | Error e) {
      election.abandon(e);
      throw e;
    }
  }

  /** What one thread does: all of it, but counts for candidates of its own only. */
  private final class Grower {
    /** Those taken are dropped when they are one in so many of the candidates. */
    private static final int DROP_SHARE = 8;

    private final int thread;
    private final List<Candidates> own = new ArrayList<>();

    /** The last group, from 1 up, whose union had the feature. */
    private final int[] memberOf = new int[all.features()];

    private final int[] entering = new int[all.features()];
    private int ordered;
    private int union;
    private int group;
    private int dropped;

    Grower(int thread) {
      this.thread = thread;
      for (int share = thread; share < shares; share += threads) {
        own.add(new Candidates(all, ranked, share, shares));
      }
    }

    void grow() {
      while (ordered < order.length) {
        dropTakenIfWorthwhile();
        own.forEach(Candidates::clear);
        group++;
        union = 0;
        int first = ordered;
        int end = Math.min(first + perGroup, order.length);
        while (ordered < end) {
          int item = elect();
          if (thread == 0) {
            order[ordered] = item;
          }
          ordered++;
          if (ordered < end) {
            enter(item);
          }
        }
        if (thread == 0) {
          Arrays.sort(order, first, end);
        }
      }
    }

    /** All threads at once, since the others would wait for one that does. */
    private void dropTakenIfWorthwhile() {
      if (ordered - dropped > (order.length - dropped) / DROP_SHARE) {
        own.forEach(Candidates::dropTaken);
        dropped = ordered;
      }
    }

    /** The best of all candidates, which is free no longer. */
    private int elect() {
      Candidates best = own.get(0);
      for (Candidates other : own) {
        if (Election.wins(other.bestScore(), other.bestRank(), best.bestScore(), best.bestRank())) {
          best = other;
        }
      }
      int elected = election.elect(thread, best.bestScore(), best.bestRank());
      if (elected == best.bestRank()) {
        best.takeBest();
      }
      return ranked[elected];
    }

    /** The features of an item, whoever's it is, enter the union. */
    private void enter(int item) {
      int[] list = all.list();
      int number = 0;
      int end = all.start(item + 1);
      for (int k = all.start(item); k < end; k++) {
        int feature = list[k];
        entering[number] = feature;
        number += memberOf[feature] == group ? 0 : 1;
        memberOf[feature] = group;
      }
      union += number;
      for (Candidates candidates : own) {
        candidates.enter(entering, number, union);
      }
    }
  }
}
