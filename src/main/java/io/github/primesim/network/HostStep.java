package io.github.primesim.network;

import java.util.List;

/**
 * A step that the memory does not compute: its inputs are handed to the host, and what the host
 * gives back is read by later layers. What the host does, and how long it takes, is not modelled.
 *
 * @param operator what the host computes, for the reader
 * @param shape shape of the result
 * @param signed whether results can be negative
 */
public record HostStep(
    String name, List<String> inputs, String operator, Shape shape, boolean signed)
    implements Layer {
  public HostStep {
    inputs = List.copyOf(inputs);
  }

  /** A host step has no activation of its own. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.hostStep(this);
  }
}
