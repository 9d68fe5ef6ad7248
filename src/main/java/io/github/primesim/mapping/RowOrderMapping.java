package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;

/**
 * Rows with similar zeros share a crossbar, then each row block is packed as {@code block-compact}
 * does: the more columns a block leaves empty, the fewer crossbars it needs.
 *
 * <p>Three orders are tried, and the one that needs the fewest crossbars is taken, the simplest one
 * among equals: the natural order, rows by descending number of non-zeros, and groups grown
 * greedily ({@link UnionGrowth}). None is always best, and it never needs more crossbars than
 * {@code block-compact}. One order serves both signs. Rows without weights get no wordline unless
 * the order is natural.
 *
 * <p>The order is free where the layer before writes its outputs in it; elsewhere inputs pass a
 * permutation of R indexes.
 */
public final class RowOrderMapping implements Mapping {
  private final Threads threads;

  /** Maps in one thread. */
  public RowOrderMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Seeks the order and packs with the threads of {@code options}. */
  public RowOrderMapping(MappingOptions options) {
    threads = new Threads(options.threads());
  }

  @Override
  public String name() {
    return "row-order";
  }

  @Override
  public String description() {
    return "rows grouped so that more columns are zero, then block-compact";
  }

  @Override
  public boolean movesInputs() {
    return true;
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    SparsePattern rows = SparsePattern.ofRows(weights, geometry.signs(), threads);
    int[] natural = RowBlocks.consecutive(0, weights.rows());
    long columnBound = crossbars(rows, natural, geometry);
    int[] chosen = natural;
    long fewest = columnBound;
    // Neither order can help where one block takes all rows.
    if (weights.rows() > geometry.rows()) {
      for (int[] order :
          List.of(UnionGrowth.byDegree(rows), UnionGrowth.order(rows, geometry.rows(), threads))) {
        long crossbars = crossbars(rows, order, geometry);
        if (crossbars < fewest) {
          fewest = crossbars;
          chosen = order;
        }
      }
    }
    List<int[]> blockRows = HeaviestFirst.cut(chosen, geometry.rows());
    RowBlocks blocks = RowBlocks.pack(weights, geometry, blockRows, new HeaviestFirst(), threads);
    boolean moved = chosen != natural;
    return blocks.mapping(
        name(),
        moved ? InputOrder.PERMUTED : InputOrder.NATURAL,
        new Metadata(
            blocks.columnIndexBits(),
            moved ? (long) weights.rows() * Metadata.indexBits(weights.rows()) : 0,
            0),
        columnBound);
  }

  private long crossbars(SparsePattern rows, int[] order, CrossbarGeometry geometry) {
    int parts = Sign.parts(geometry.signs()).size();
    return rows.crossbars(
        order, geometry.rows(), rows.features() / parts, geometry.weightsPerWordline(), threads);
  }
}
