package io.github.primesim.network;

/**
 * The weights of a network, one matrix at a time. Nothing is kept between calls but what is small,
 * so that memory follows the largest matrix; calling again gives the same values. Safe for use by
 * several threads.
 */
public interface Weights {
  /**
   * The weights of one group of {@code layer}, {@link Network#rows} x {@link Network#columns}.
   *
   * @param layer a layer with weights, of the network these weights belong to
   * @param group from 0 to {@link Network#matrices} - 1
   */
  WeightMatrix matrix(Layer layer, int group);

  /**
   * The same quantised: {@link IntegerMatrix#quantize} of {@link #matrix}, possibly without the
   * detour.
   *
   * @param weightBits bits of a magnitude
   * @param biasInput real value that the constantly driven wordline of the bias stands for; ignored
   *     where the layer has no bias
   */
  default IntegerMatrix quantized(Layer layer, int group, int weightBits, double biasInput) {
    return IntegerMatrix.quantize(matrix(layer, group), weightBits, biasInput, layer.bias());
  }
}
