package io.github.primesim.network;

import java.util.List;

/**
 * A fully connected layer: every output reads every value of the input, flattened in the order
 * channel, row, column.
 *
 * @param outputs length of the output vector
 * @param bias whether a constant is added to each output
 */
public record FullyConnected(
    String name, List<String> inputs, int outputs, boolean bias, Activation activation)
    implements Layer {
  public FullyConnected {
    inputs = List.copyOf(inputs);
    if (outputs < 1) {
      throw new IllegalArgumentException("outputs is " + outputs + ", must be at least 1");
    }
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.fullyConnected(this);
  }
}
