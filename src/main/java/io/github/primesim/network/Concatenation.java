package io.github.primesim.network;

import java.util.List;

/**
 * The feature maps of several layers behind one another, all of the same height and width. Nothing
 * is computed or moved: readers address the values where they lie.
 */
public record Concatenation(String name, List<String> inputs) implements Layer {
  public Concatenation {
    inputs = List.copyOf(inputs);
  }

  /** A concatenation has no activation of its own. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.concatenation(this);
  }
}
