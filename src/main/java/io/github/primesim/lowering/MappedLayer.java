package io.github.primesim.lowering;

import io.github.primesim.network.Layer;

/** A layer with weights as it was mapped, and what its mats do. */
record MappedLayer(Layer layer, LayerOnCrossbars mapped, Operation operation) {
  /** One copy of the layer. */
  LayerImage image() {
    return mapped.image();
  }
}
