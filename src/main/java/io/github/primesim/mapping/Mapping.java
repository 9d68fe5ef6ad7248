package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/** A scheme that puts the weights of a layer into crossbars. */
public interface Mapping {
  /** Name of the scheme on the command line. */
  String name();

  /**
   * Maps one weight matrix.
   *
   * @param weights rows are inputs (a bias is the last one), columns are outputs
   * @return crossbars in the order in which they are to be placed: row blocks first
   */
  LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry);
}
