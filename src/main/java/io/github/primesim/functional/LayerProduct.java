package io.github.primesim.functional;

/** The product of one weight matrix with input vectors, in one kind of arithmetic. */
@FunctionalInterface
interface LayerProduct {
  /**
   * Computes the outputs of all positions of a layer before the activation function.
   *
   * @param input real inputs row by row, the bias left out; a row has a value for each position
   * @param positions input vectors
   * @param output is overwritten from {@code at} on with real outputs, the bias added, column by
   *     column; a column has a value for each position
   */
  void multiply(float[] input, int positions, float[] output, int at);
}
