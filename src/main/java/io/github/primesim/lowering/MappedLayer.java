package io.github.primesim.lowering;

import io.github.primesim.network.Layer;

/**
 * A layer with weights as it was mapped, and what its mats do.
 *
 * @param inputs how inputs get to their wordlines, after the layers before
 */
record MappedLayer(Layer layer, LayerOnCrossbars mapped, InputPath inputs, Operation operation) {
  /** One copy of the layer. */
  LayerImage image() {
    return mapped.image();
  }

  /** Index memory of one copy. */
  long metadataBits() {
    return inputs.indexMemoryBits(mapped.metadata());
  }
}
