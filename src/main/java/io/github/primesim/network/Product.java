package io.github.primesim.network;

import java.util.List;

/** The elementwise product of two or more outputs of the same shape, as gates have it. */
public record Product(String name, List<String> inputs, Activation activation) implements Layer {
  public Product {
    inputs = List.copyOf(inputs);
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.product(this);
  }
}
