package io.github.primesim.network;

import java.util.List;

/** The elementwise sum of two or more outputs of the same shape, as residual networks have it. */
public record Addition(String name, List<String> inputs, Activation activation) implements Layer {
  public Addition {
    inputs = List.copyOf(inputs);
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.addition(this);
  }
}
