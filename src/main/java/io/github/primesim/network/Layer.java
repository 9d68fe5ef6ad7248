package io.github.primesim.network;

import java.util.List;

/**
 * One layer of a network: what it computes from the outputs of the layers it names.
 *
 * <p>A layer knows neither its input shape nor its weights; {@link Network} and {@link Weights} do.
 */
public sealed interface Layer
    permits Convolution,
        FullyConnected,
        Recurrence,
        Pooling,
        Addition,
        Product,
        Affine,
        Lookup,
        Softmax,
        Concatenation,
        View,
        HostStep {
  /** Unique in its network, and not {@link Network#INPUT}. */
  String name();

  /** The layers it reads, {@link Network#INPUT} for the input of the network, in order. */
  List<String> inputs();

  /** Applied to each output. */
  Activation activation();

  /** Whether a constant is added to each output before the activation. */
  default boolean bias() {
    return false;
  }

  /** Calls the method of {@code visitor} for this kind of layer. */
  <R> R accept(LayerVisitor<R> visitor);
}
