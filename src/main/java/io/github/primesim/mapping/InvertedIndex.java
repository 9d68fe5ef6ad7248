package io.github.primesim.mapping;

import java.util.Arrays;

/**
 * For each feature the items that have it, ascending. Items are numbered from 0 and at most {@link
 * #MOST_ITEMS}: half the bytes to go through, where going through them is all that is done.
 */
final class InvertedIndex {
  /** Items are 16-bit numbers. */
  static final int MOST_ITEMS = 1 << Character.SIZE;

  /** Fits the first-level cache beside what is counted. */
  private static final int GATHERED = 1 << 12;

  private final int[] start;
  private final char[] list;
  private final char[] gathered = new char[GATHERED];

  /** An index of some items of a pattern; item i of the index is {@code items[i]} there. */
  InvertedIndex(SparsePattern pattern, int[] items) {
    int[] feature = pattern.list();
    int[] next = new int[pattern.features() + 2];
    for (int item : items) {
      int end = pattern.start(item + 1);
      for (int k = pattern.start(item); k < end; k++) {
        next[feature[k] + 2]++;
      }
    }
    for (int f = 0; f < pattern.features(); f++) {
      next[f + 2] += next[f + 1];
    }
    list = new char[next[pattern.features() + 1]];
    for (int i = 0; i < items.length; i++) {
      int end = pattern.start(items[i] + 1);
      for (int k = pattern.start(items[i]); k < end; k++) {
        list[next[feature[k] + 1]++] = (char) i;
      }
    }
    start = Arrays.copyOf(next, pattern.features() + 1);
  }

  /**
   * Adds to the count of each item how many of some features it has.
   *
   * <p>Lists are gathered first and then counted in one loop. That takes two thirds of the time of
   * a loop for each list: copies of several lists wait for memory at once, and no processor
   * foresees where a list ends.
   *
   * @param features the first {@code number} count
   */
  void count(int[] features, int number, int[] counts) {
    int filled = 0;
    for (int f = 0; f < number; f++) {
      int from = start[features[f]];
      int end = start[features[f] + 1];
      while (from < end) {
        int length = Math.min(end - from, GATHERED - filled);
        System.arraycopy(list, from, gathered, filled, length);
        from += length;
        filled += length;
        if (filled == GATHERED) {
          countGathered(filled, counts);
          filled = 0;
        }
      }
    }
    countGathered(filled, counts);
  }

  private void countGathered(int filled, int[] counts) {
    char[] items = gathered;
    for (int i = 0; i < filled; i++) {
      counts[items[i]]++;
    }
  }

  /**
   * Leaves items out and numbers the others anew, in place.
   *
   * @param kept for each item whether it stays
   */
  void keep(boolean[] kept) {
    // The new number, and a bit above it that tells whether there is one: the loop has no branch.
    int[] renumbered = new int[kept.length];
    int items = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        renumbered[i] = MOST_ITEMS | items++;
      }
    }
    int to = 0;
    int from = 0;
    for (int f = 0; f + 1 < start.length; f++) {
      start[f] = to;
      to = keep(from, start[f + 1], renumbered, to);
      from = start[f + 1];
    }
    start[start.length - 1] = to;
  }

  private int keep(int from, int end, int[] renumbered, int to) {
    int next = to;
    for (int k = from; k < end; k++) {
      int item = renumbered[list[k]];
      list[next] = (char) item;
      next += item >>> Character.SIZE;
    }
    return next;
  }
}
