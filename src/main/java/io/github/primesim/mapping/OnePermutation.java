package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;
import java.util.function.Function;

/** Columns clustered once for the whole matrix; every row block has the same groups. */
final class OnePermutation {
  private OnePermutation() {}

  /**
   * Maps a matrix.
   *
   * @param bits what columns of a sign part are compared by; zero only for zero columns
   */
  static LayerMapping map(
      String scheme,
      IntegerMatrix weights,
      CrossbarGeometry geometry,
      MappingOptions options,
      Function<Sign, ColumnBits> bits) {
    List<Sign> parts = Sign.parts(geometry.signs());
    Threads threads = new Threads(options.threads());
    List<List<int[]>> groups =
        threads.each(
            parts.size(),
            i ->
                ColumnClusters.pack(
                    bits.apply(parts.get(i)), geometry.weightsPerWordline(), options.random(i)));
    RowBlocks blocks = RowBlocks.pack(weights, geometry, Tiles.of(groups), threads);
    long permutationBits =
        blocks.columnsMoved()
            ? (long) parts.size() * weights.columns() * Metadata.indexBits(weights.columns())
            : 0;
    return blocks.mapping(scheme, new Metadata(permutationBits, 0, blocks.tileBitmapBits()));
  }
}
