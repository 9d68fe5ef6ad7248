package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/**
 * One permutation of the columns for the whole layer, guided by what a crossbar can drop: the
 * matrix is first split into strips as high as a crossbar, columns are clustered by the strips in
 * which they have a weight, and the strips that are zero for all columns of a crossbar are dropped.
 *
 * <p>Between {@code global-kmeans}, which compares columns row by row, and {@code block-kmeans},
 * which clusters anew in each strip and therefore has to scatter its outputs. Columns without
 * weights are dropped. Signs that are mapped apart have a permutation each. The permutation and a
 * bitmap of the tiles have to be remembered.
 *
 * <p>Source: Lin et al., ASP-DAC 2019, read as one clustering after a split into crossbar heights.
 */
public final class StripKMeansMapping implements Mapping {
  private final MappingOptions options;

  /** A fixed seed, in one thread. */
  public StripKMeansMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Draws from the seed of {@code options}; its threads share the signs and the blocks. */
  public StripKMeansMapping(MappingOptions options) {
    this.options = options;
  }

  @Override
  public String name() {
    return "strip-kmeans";
  }

  @Override
  public String description() {
    return "columns clustered by the row blocks they occupy, one order for all";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    return OnePermutation.map(
        name(), weights, geometry, options, part -> strips(weights, geometry.rows(), part));
  }

  /** One bit for each strip: whether the column has a weight there. */
  private static ColumnBits strips(IntegerMatrix weights, int height, Sign part) {
    int strips = (int) RowBlocks.ceilDiv(weights.rows(), height);
    ColumnBits bits = new ColumnBits(weights.columns(), strips);
    short[] row = new short[weights.columns()];
    for (int r = 0; r < weights.rows(); r++) {
      weights.copyRow(r, row);
      for (int c = 0; c < row.length; c++) {
        if (row[c] != 0 && part.holds(row[c])) {
          bits.set(c, r / height);
        }
      }
    }
    return bits;
  }
}
