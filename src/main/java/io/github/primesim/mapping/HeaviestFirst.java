package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns that are not zero, heaviest first, cut into groups: the fewest crossbars a row block can
 * have, and the least weight in the last ones. Equal columns keep their order.
 */
final class HeaviestFirst implements ColumnPacking {
  @Override
  public List<int[]> pack(RowBlock block, Sign part, int perCrossbar) {
    return block.heaviestFirst(part, perCrossbar);
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
}
