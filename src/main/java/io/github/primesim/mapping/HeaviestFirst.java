package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns that are not zero, heaviest first, cut into groups: the fewest crossbars a row block can
 * have, and the least weight in the last ones. Equal columns keep their order.
 */
final class HeaviestFirst implements ColumnPacking {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  @Override
  public List<int[]> pack(RowBlock block, Sign part, int perCrossbar) {
    return cut(order(block.weight(part)), perCrossbar);
  }

  /** Consecutive groups of {@code order}, all full but the last. */
  static List<int[]> cut(int[] order, int perGroup) {
    List<int[]> groups = new ArrayList<>((order.length + perGroup - 1) / perGroup);
    for (int first = 0; first < order.length; first += perGroup) {
      int[] group = new int[Math.min(perGroup, order.length - first)];
      System.arraycopy(order, first, group, 0, group.length);
      groups.add(group);
    }
    return groups;
  }

  /** Places of the weights that are not zero, by descending weight; radix sort, which is stable. */
  static int[] order(int[] weight) {
    int kept = 0;
    int max = 0;
    for (int w : weight) {
      kept += w == 0 ? 0 : 1;
      max = Math.max(max, w);
    }
    int[] order = new int[kept];
    int next = 0;
    for (int c = 0; c < weight.length; c++) {
      if (weight[c] != 0) {
        order[next++] = c;
      }
    }
    int[] sorted = new int[kept];
    for (int shift = 0;
        shift < Integer.SIZE - Integer.numberOfLeadingZeros(max);
        shift += DIGIT_BITS) {
      int[] start = new int[DIGITS + 1];
      for (int c : order) {
        start[digit(max - weight[c], shift) + 1]++;
      }
      for (int d = 0; d < DIGITS; d++) {
        start[d + 1] += start[d];
      }
      for (int c : order) {
        sorted[start[digit(max - weight[c], shift)]++] = c;
      }
      int[] swap = order;
      order = sorted;
      sorted = swap;
    }
    return order;
  }

  private static int digit(int value, int shift) {
    return value >>> shift & (DIGITS - 1);
  }
}
