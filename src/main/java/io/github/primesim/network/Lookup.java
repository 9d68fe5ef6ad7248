package io.github.primesim.network;

import java.util.List;

/**
 * A function of single values, computed as a table: the values of the memory have so few bits that
 * any function is one.
 *
 * @param function what the table holds
 */
public record Lookup(String name, List<String> inputs, ScalarFunction function) implements Layer {
  public Lookup {
    inputs = List.copyOf(inputs);
  }

  /** The function is the activation. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.lookup(this);
  }
}
