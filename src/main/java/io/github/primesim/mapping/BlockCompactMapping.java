package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

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
 * <p>Each bitline group of a crossbar has an index that names its output. Linear in the weights and
 * in the columns.
 *
 * <p>Source: Lin et al., ASP-DAC 2019 (column exchange per row block).
 */
public final class BlockCompactMapping implements Mapping {
  private final Threads threads;

  /** Maps in one thread. */
  public BlockCompactMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Maps with the threads of {@code options}. */
  public BlockCompactMapping(MappingOptions options) {
    threads = new Threads(options.threads());
  }

  @Override
  public String name() {
    return "block-compact";
  }

  @Override
  public String description() {
    return "columns of each row block that are not zero, heaviest first";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    RowBlocks blocks = RowBlocks.pack(weights, geometry, new HeaviestFirst(), threads);
    return blocks.mapping(name(), new Metadata(blocks.columnIndexBits(), 0, 0));
  }
}
