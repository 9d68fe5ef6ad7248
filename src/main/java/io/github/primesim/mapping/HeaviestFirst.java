package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns that are not zero, heaviest first, cut into groups: the fewest crossbars a row block can
 * have, and the least weight in the last ones. Equal columns keep their order.
 */
final class HeaviestFirst implements ColumnPacking {
  private static final int DIGIT_BITS = 11;

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
    int max = 0;
    int kept = 0;
    for (int w : weight) {
      kept += w == 0 ? 0 : 1;
      max = Math.max(max, w);
    }
    int[] order = new int[kept];
    int[] sorted = new int[kept];
    int place = 0;
    for (int c = 0; place < kept; c++) {
      order[place] = c;
      place += weight[c] == 0 ? 0 : 1; // no branch: nobody could predict it
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(max);
    for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
      int digits = 1 << Math.min(DIGIT_BITS, bits - shift);
      int[] start = new int[digits + 1];
      for (int c : order) {
        start[digit(max - weight[c], shift) + 1]++;
      }
      for (int d = 0; d < digits; d++) {
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
    return value >>> shift & ((1 << DIGIT_BITS) - 1);
  }
}
