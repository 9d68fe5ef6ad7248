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
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    return RowBlocks.map(name(), weights, geometry, new Tiles(true), RowBlocks::tileBitmapBits);
  }
}
