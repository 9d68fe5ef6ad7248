package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/**
 * The dense mapping without the tiles that hold no non-zero weight. A bitmap remembers which tiles
 * are there, one bit for each tile of each sign part.
 */
public final class ZeroTileMapping implements Mapping {
  @Override
  public String name() {
    return "zero-tile";
  }

  @Override
  public String description() {
    return "dense, without crossbars that hold zeros only";
  }

  @Override
  public boolean movesOutputs() {
    return false;
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    Tiles tiles = Tiles.natural(weights.columns(), geometry.weightsPerWordline(), true);
    RowBlocks blocks = RowBlocks.pack(weights, geometry, tiles, new Threads(1));
    return blocks.mapping(name(), new Metadata(0, 0, blocks.tileBitmapBits()));
  }
}
