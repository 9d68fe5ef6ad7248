package io.github.primesim.network;

/**
 * Exhaustive handling of the kinds of layer.
 *
 * @param <R> result of the handling
 */
public interface LayerVisitor<R> {
  R convolution(Convolution layer);

  R fullyConnected(FullyConnected layer);

  R pooling(Pooling layer);

  R addition(Addition layer);
}
