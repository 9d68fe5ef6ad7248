package io.github.primesim.network;

/** The function applied to each output of a layer. */
public enum Activation {
  NONE,
  RELU,
  SIGMOID,
  TANH;

  /** Whether the function maps every input to zero or above. */
  public boolean nonNegative() {
    return this == RELU || this == SIGMOID;
  }
}
