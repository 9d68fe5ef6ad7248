package io.github.primesim.mapping;

import java.util.Arrays;
import java.util.List;

/** The same groups of columns in every row block, shared by all of them. */
final class Tiles implements ColumnPacking {
  private final boolean dropZeros;
  private final List<List<int[]>> groups;

  private Tiles(boolean dropZeros, List<List<int[]>> groups) {
    this.dropZeros = dropZeros;
    this.groups = groups;
  }

  /**
   * Groups in natural order, as wide as a crossbar.
   *
   * @param dropZeros whether tiles without a non-zero are left out
   */
  static Tiles natural(int columns, int perCrossbar, boolean dropZeros) {
    List<int[]> cut = HeaviestFirst.cut(RowBlocks.consecutive(0, columns), perCrossbar);
    return new Tiles(dropZeros, List.of(cut, cut));
  }

  /**
   * Given groups; tiles without a non-zero are left out.
   *
   * @param groups for each sign part
   */
  static Tiles of(List<List<int[]>> groups) {
    return new Tiles(true, groups);
  }

  @Override
  public List<int[]> pack(RowBlock block, Sign part, int perCrossbar) {
    List<int[]> all = groups.get(part == Sign.NEGATIVE ? 1 : 0);
    int[] weight = block.weight(part);
    return dropZeros ? all.stream().filter(group -> anyWeight(weight, group)).toList() : all;
  }

  private static boolean anyWeight(int[] weight, int[] group) {
    return Arrays.stream(group).anyMatch(column -> weight[column] != 0);
  }
}
