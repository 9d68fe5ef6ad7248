package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;

/** A scheme that puts the weights of a layer into crossbars. */
public interface Mapping {
  /** Name of the scheme on the command line. */
  String name();

  /** What it does, in a few words; docs/mapping.md tells more. */
  String description();

  /**
   * Whether columns may leave their order under this scheme, so that it needs a memory with a
   * reorder buffer, whatever the weights are.
   */
  default boolean movesOutputs() {
    return true;
  }

  /**
   * Whether the wordlines may want the inputs in another order than their own, so that the scheme
   * needs a memory with an input gather, whatever the weights are.
   */
  default boolean movesInputs() {
    return false;
  }

  /**
   * Maps one weight matrix.
   *
   * @param weights rows are inputs (a bias is the last one), columns are outputs
   * @return crossbars in the order in which they are to be placed: row blocks first
   */
  LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry);

  /**
   * Maps one weight matrix as it is programmed. A mapping that leaves out neither an array nor a
   * conversion gains nothing, and would pay for its reorder buffer, its input gather and its
   * indexes: such a matrix is mapped densely.
   */
  default LayerMapping mapWhereItPays(IntegerMatrix weights, CrossbarGeometry geometry) {
    LayerMapping mapping = map(weights, geometry);
    if (mapping.arrays() != mapping.denseArrays()) {
      return mapping;
    }
    LayerMapping dense = new DenseMapping().map(weights, geometry);
    return mapping.columnsConverted() >= dense.columnsConverted() ? dense : mapping;
  }
}
