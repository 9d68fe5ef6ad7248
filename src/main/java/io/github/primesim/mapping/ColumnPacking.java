package io.github.primesim.mapping;

import java.util.List;

/** How a scheme fills the crossbars of one row block. Used by several threads at once. */
@FunctionalInterface
interface ColumnPacking {
  /**
   * Chooses the columns of each crossbar.
   *
   * @param part the sign part to pack
   * @param perCrossbar columns a crossbar holds
   * @return the columns of each crossbar in bitline order, at most {@code perCrossbar} each
   */
  List<int[]> pack(RowBlock block, Sign part, int perCrossbar);
}
