package io.github.primesim.lowering;

import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.Metadata;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import java.util.function.Predicate;

/** How the inputs of a layer get into the order that its mapping wants, and who pays for it. */
public enum InputPath {
  /** The order is natural: nothing to do. */
  DIRECT("natural", "inputs are in order"),

  /**
   * The layer before stores its outputs in the order wanted, through the reorder buffer that they
   * pass anyway. That needs outputs that nobody else reads, single values rather than windows of a
   * feature map, and a layer with weights before it whose mapping moves outputs.
   */
  PRODUCER_SIDE("producer-side", "free: the layer before stores its outputs in the order wanted"),

  /** Through the input gather once, as all that are permuted: nobody stores them beforehand. */
  NETWORK_INPUTS("permuted", "charged: the inputs of the network come in an order of their own"),

  /** Permuted: a window takes what others take too, each at a place of its own. */
  WINDOWS(
      "permuted",
      "charged: windows overlap, each output of the layer before is wanted at several places"),

  /** Permuted: the state is both output and, in the next step, input. */
  STATE("permuted", "charged: a state comes back in the order in which it is put out"),

  /** Permuted: the reorder buffer orders the outputs of a position or step, not across them. */
  POSITIONS("permuted", "charged: the layer before stores its outputs position by position"),

  /** Permuted: a layer without weights has no reorder buffer. */
  NO_WEIGHTS("permuted", "charged: the layer before has no weights and so no reorder buffer"),

  /** Permuted: one order cannot suit several readers. */
  SHARED("permuted", "charged: other layers read the outputs of the layer before too"),

  /** Permuted: the layer before moves no output, so none of its results pass a reorder buffer. */
  IN_PLACE(
      "permuted",
      "charged: the outputs of the layer before stay in place, past its reorder buffer"),

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

  /**
   * The path for a layer whose mapping wants its inputs in the given order.
   *
   * @param moved whether the outputs of the fully connected layer of that name are moved
   */
  static InputPath of(InputOrder order, Network network, Layer layer, Predicate<String> moved) {
    return switch (order) {
      case NATURAL -> DIRECT;
      case PERMUTED -> permuted(network, layer, moved);
      case GATHERED -> GATHER;
    };
  }

  private static InputPath permuted(Network network, Layer layer, Predicate<String> moved) {
    String input = layer.inputs().get(0);
    if (layer instanceof Recurrence) {
      return STATE;
    }
    if (!(layer instanceof FullyConnected)) {
      return WINDOWS;
    }
    if (input.equals(Network.INPUT)) {
      return NETWORK_INPUTS;
    }
    Layer before = network.layer(input);
    if (before instanceof Convolution || before instanceof Recurrence) {
      return POSITIONS;
    }
    if (!(before instanceof FullyConnected)) {
      return NO_WEIGHTS;
    }
    if (network.readers(input).size() > 1) {
      return SHARED;
    }
    return moved.test(input) ? PRODUCER_SIDE : IN_PLACE;
  }

  /** Index memory of a copy: input indexes only where there is an input gather to read them. */
  long indexMemoryBits(Metadata metadata) {
    return this == PRODUCER_SIDE ? metadata.bits() - metadata.inputIndexBits() : metadata.bits();
  }

  /** Inputs that pass the input gather for one input vector. */
  long gathered(LayerImage.Part part) {
    return switch (this) {
      case DIRECT, PRODUCER_SIDE -> 0;
      case NETWORK_INPUTS, WINDOWS, STATE, POSITIONS, NO_WEIGHTS, SHARED, IN_PLACE ->
          part.permutedInputs.cardinality();
      case GATHER -> part.gatheredWordlines;
    };
  }
}
