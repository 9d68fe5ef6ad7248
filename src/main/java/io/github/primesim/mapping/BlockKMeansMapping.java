package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;

/**
 * Column exchange within row blocks, guided by clustering: columns that are zero in a block are
 * dropped there, the others share a crossbar with columns of similar zeros.
 *
 * <p>k-means on the Hamming distance with about as many clusters as crossbars; the most
 * concentrated columns of each cluster are kept, the rest is clustered again. It takes the
 * crossbars of {@code block-compact}, the fewest that rows in natural order allow: clustering
 * changes only which columns share one, that is how evenly the crossbars are filled.
 *
 * <p>Each block and sign draws from a seed of its own, so that threads do not change the result.
 *
 * <p>Source: Lin et al., ASP-DAC 2019, read as one clustering per row block.
 */
public final class BlockKMeansMapping implements Mapping {
  private final MappingOptions options;

  /** A fixed seed, in one thread. */
  public BlockKMeansMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Draws from the seed of {@code options}; its threads share the blocks. */
  public BlockKMeansMapping(MappingOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "block-kmeans";
  }

  @Override
  public String description() {
    return "columns of each row block clustered, zero ones left out";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    RowBlocks blocks =
        RowBlocks.pack(
            weights,
            geometry,
            (block, part, perCrossbar) ->
                ColumnClusters.pack(block.bits(part), perCrossbar, random(block.number(), part)),
            new Threads(options.threads()));
    return blocks.mapping(name(), new Metadata(blocks.columnIndexBits(), 0, 0));
  }

  private SplittableRandom random(int block, Sign part) {
    return options.random(2L * block + (part == Sign.NEGATIVE ? 1 : 0));
  }
}
