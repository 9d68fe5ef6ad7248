package io.github.primesim.lowering;

import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.Metadata;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;

/** How the inputs of a layer get into the order that its mapping wants, and who pays for it. */
public enum InputPath {
  /** The order is natural: nothing to do. */
  DIRECT("natural", "inputs are in order"),

  /**
   * The layer before stores its outputs in the order wanted, through the reorder buffer that it has
   * anyway. That needs outputs that nobody else reads, single values rather than windows of a
   * feature map, and a layer with weights before it.
   */
  PRODUCER_SIDE("producer-side", "free: the layer before stores its outputs in the order wanted"),

  /** Each input passes the input gather once on its way to the wordlines. */
  PERMUTATION(
      "permuted",
      "charged: each input passes the input gather once, since the layer before cannot store in the"
          + " order wanted"),

  /** Each wordline of each crossbar gets its input from the input gather. */
  GATHER("gathered", "charged: each crossbar wants rows of its own through the input gather");

  private final String key;
  private final String reason;

  InputPath(String key, String reason) {
    this.key = key;
    this.reason = reason;
  }

  /** Its name in reports. */
  public String key() {
    return key;
  }

  /** Who pays for the order, in a few words. */
  public String reason() {
    return reason;
  }

  /** The path for a layer whose mapping wants its inputs in the given order. */
  static InputPath of(InputOrder order, Network network, Layer layer) {
    return switch (order) {
      case NATURAL -> DIRECT;
      case PERMUTED -> producerCanPermute(network, layer) ? PRODUCER_SIDE : PERMUTATION;
      case GATHERED -> GATHER;
    };
  }

  private static boolean producerCanPermute(Network network, Layer layer) {
    String input = layer.inputs().get(0);
    return layer instanceof FullyConnected
        && !input.equals(Network.INPUT)
        && network.layer(input) instanceof FullyConnected
        && network.readers(input).size() == 1;
  }

  /** Index memory of a copy: input indexes only where there is an input gather to read them. */
  long indexMemoryBits(Metadata metadata) {
    return this == PRODUCER_SIDE ? metadata.bits() - metadata.inputIndexBits() : metadata.bits();
  }

  /** Inputs that pass the input gather for one input vector. */
  long gathered(LayerImage.Part part) {
    return switch (this) {
      case DIRECT, PRODUCER_SIDE -> 0;
      case PERMUTATION -> part.inputs.cardinality();
      case GATHER -> part.inputWordlines;
    };
  }
}
