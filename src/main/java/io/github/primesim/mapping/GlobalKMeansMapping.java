package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/**
 * One permutation of the columns for the whole layer: columns with similar zeros, by k-means over
 * all rows, share crossbars in every row block, and tiles that are zero are dropped.
 *
 * <p>It shows what one permutation is worth: next to nothing unless columns share whole blocks of
 * zeros. Columns without weights are dropped. Signs that are mapped apart have a permutation each.
 * The permutation and a bitmap of the tiles have to be remembered.
 *
 * <p>Source: Lin et al., ASP-DAC 2019, read as one clustering per matrix.
 */
public final class GlobalKMeansMapping implements Mapping {
  private final MappingOptions options;

  /** A fixed seed, in one thread. */
  public GlobalKMeansMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Draws from the seed of {@code options}; its threads share the signs and the blocks. */
  public GlobalKMeansMapping(MappingOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "global-kmeans";
  }

  @Override
  public String description() {
    return "columns clustered over all rows, one order of columns for all";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    int[] rows = RowBlocks.consecutive(0, weights.rows());
    return OnePermutation.map(
        name(), weights, geometry, options, part -> ColumnBits.of(weights, rows, part));
  }
}
