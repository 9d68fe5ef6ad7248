package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/**
 * PRIME's own mapping: every tile of the weight matrix takes a crossbar, whatever it holds.
 *
 * <p>Source: PRIME, IV-B.
 */
public final class DenseMapping implements Mapping {
  @Override
  public String name() {
    return "dense";
  }

  @Override
  public String description() {
    return "every weight in its place, zeros too";
  }

  @Override
  public boolean movesOutputs() {
    return false;
  }

  /** There is nothing simpler to fall back on. */
  @Override
  public LayerMapping mapWhereItPays(IntegerMatrix weights, CrossbarGeometry geometry) {
    return map(weights, geometry);
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    Tiles tiles = Tiles.natural(weights.columns(), geometry.weightsPerWordline(), false);
    return RowBlocks.pack(weights, geometry, tiles, new Threads(1)).mapping(name(), Metadata.NONE);
  }
}
