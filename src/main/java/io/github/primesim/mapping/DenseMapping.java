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
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    return RowBlocks.map(name(), weights, geometry, new Tiles(false), blocks -> 0);
  }
}
