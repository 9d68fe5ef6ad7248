package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Column exchange within row blocks: columns that are zero in a block are dropped there, the others
 * are ordered by the sum of their magnitudes, heaviest first, and packed.
 *
 * <p>With the rows in natural order no mapping needs fewer crossbars: a block with z columns that
 * hold a non-zero cannot do with less than ceil(z / n) crossbars of n columns. The order decides
 * only which columns share a crossbar. Heaviest first leaves the lightest columns to the last
 * crossbar of a block, the only one that may be partly filled; so the j last crossbars of a block
 * hold the least weight of all packings, which is what crossbar-grained pruning clears. Equal
 * columns keep their order.
 *
 * <p>Each bitline group of a crossbar has an index that names its output. Linear in the weights,
 * O(z log z) in the columns kept of each block.
 *
 * <p>Source: Lin et al., ASP-DAC 2019 (column exchange per row block).
 */
public final class BlockCompactMapping implements Mapping {
  private static final long COLUMN_MASK = 0xFFFF_FFFFL;

  @Override
  public String name() {
    return "block-compact";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    return RowBlocks.map(
        name(), weights, geometry, BlockCompactMapping::pack, RowBlocks::columnIndexBits);
  }

  private static List<int[]> pack(int[] weight, int perCrossbar) {
    long[] order = new long[weight.length];
    int kept = 0;
    for (int c = 0; c < weight.length; c++) {
      if (weight[c] != 0) {
        order[kept++] = ((long) -weight[c] << Integer.SIZE) | c;
      }
    }
    Arrays.sort(order, 0, kept);
    List<int[]> groups = new ArrayList<>((kept + perCrossbar - 1) / perCrossbar);
    for (int first = 0; first < kept; first += perCrossbar) {
      int[] columns = new int[Math.min(perCrossbar, kept - first)];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = (int) (order[first + i] & COLUMN_MASK);
      }
      groups.add(columns);
    }
    return groups;
  }
}
