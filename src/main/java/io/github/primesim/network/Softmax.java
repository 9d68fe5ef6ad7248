package io.github.primesim.network;

import java.util.List;

/**
 * At each position, the exponentials of the channels divided by their sum. Not in PRIME: tables and
 * the elementwise unit compute it.
 */
public record Softmax(String name, List<String> inputs) implements Layer {
  public Softmax {
    inputs = List.copyOf(inputs);
  }

  /** A softmax has no activation of its own. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.softmax(this);
  }
}
