package io.github.primesim.lowering;

import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;

/**
 * Shown each mapped matrix while its weights are still in memory.
 *
 * <p>The compiler keeps of a layer only what the trace needs; whoever wants to know more of a
 * mapping reads it here and lets go of the weights.
 */
@FunctionalInterface
public interface MappingObserver {
  /** Looks at nothing. */
  MappingObserver NONE = (layer, matrix, weights, mapping) -> {};

  /**
   * A weight matrix has been mapped.
   *
   * @param layer layer it belongs to
   * @param matrix number of the matrix within the layer, from 0: a grouped convolution has several
   * @param weights its quantised weights, rows are inputs
   * @param mapping where they went
   */
  void mapped(Layer layer, int matrix, IntegerMatrix weights, LayerMapping mapping);
}
