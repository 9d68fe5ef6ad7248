package io.github.primesim.mapping;

import java.util.List;

/** How a scheme that leaves the rows in place fills the crossbars of one row block. */
@FunctionalInterface
interface ColumnPacking {
  /**
   * Chooses the columns of each crossbar.
   *
   * @param weight sum of the magnitudes of each column within the row block; 0 means the column is
   *     zero there; not to be changed
   * @param perCrossbar columns a crossbar holds
   * @return the columns of each crossbar in bitline order, at most {@code perCrossbar} each
   */
  List<int[]> pack(int[] weight, int perCrossbar);
}
