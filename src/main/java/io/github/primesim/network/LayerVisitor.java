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

  R product(Product layer);

  R affine(Affine layer);

  R lookup(Lookup layer);

  R softmax(Softmax layer);

  R recurrence(Recurrence layer);

  R concatenation(Concatenation layer);

  R view(View layer);

  R hostStep(HostStep layer);
}
