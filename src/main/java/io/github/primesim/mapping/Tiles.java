package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns in natural order in groups as wide as a crossbar: the tiles of a row block. Remembers the
 * groups of one matrix, since all its tiles share them.
 */
final class Tiles implements ColumnPacking {
  private final boolean dropZeros;
  private List<int[]> groups = List.of();

  /**
   * @param dropZeros whether tiles without a non-zero are left out
   */
  Tiles(boolean dropZeros) {
    this.dropZeros = dropZeros;
  }

  @Override
  public List<int[]> pack(int[] weight, int perCrossbar) {
    if (groups.isEmpty()) {
      groups = groups(weight.length, perCrossbar);
    }
    return dropZeros ? groups.stream().filter(group -> anyWeight(weight, group)).toList() : groups;
  }

  private static List<int[]> groups(int columns, int perCrossbar) {
    List<int[]> groups = new ArrayList<>();
    for (int first = 0; first < columns; first += perCrossbar) {
      groups.add(RowBlocks.consecutive(first, Math.min(perCrossbar, columns - first)));
    }
    return groups;
  }

  private static boolean anyWeight(int[] weight, int[] group) {
    return Arrays.stream(group).anyMatch(column -> weight[column] != 0);
  }
}
