package io.github.primesim.functional;

import java.util.List;

/**
 * A network ready to be run, in one kind of arithmetic. Keeps work space between calls, so an
 * object serves one thread at a time.
 */
public interface Inference {
  /**
   * Runs one input through the network.
   *
   * @param input in the order channel, row, column
   * @return output of the last layer in the same order, real values
   */
  float[] run(float[] input);

  /**
   * Runs several inputs, which is faster than one after another and gives the same.
   *
   * @return an output for each input
   */
  List<float[]> run(List<float[]> inputs);
}
