package io.github.primesim.training.bits;

import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights in dynamic fixed point as the simulator programs them: a sign and some bits of magnitude,
 * times a power of two for each matrix, the smallest one at which its largest weight fits. Biases
 * stay as they are.
 *
 * <p>Source: PRIME, III-D.
 */
final class PowerOfTwoWeights {
  private PowerOfTwoWeights() {}

  /**
   * The nearest such parameters.
   *
   * @param bits of a magnitude, the sign not counted
   */
  static Map<String, Tensor> of(Map<String, Tensor> parameters, int bits) {
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) ->
            rounded.put(name, Topology.isWeight(name) ? round(tensor, bits) : tensor));
    return rounded;
  }

  private static Tensor round(Tensor tensor, int bits) {
    float max = 0;
    for (float value : tensor.values()) {
      max = Math.max(max, Math.abs(value));
    }
    Tensor rounded = Tensor.zeros(tensor.shape());
    if (max == 0) {
      return rounded;
    }
    int largest = (1 << bits) - 1;
    int exponent = Math.getExponent(max) - bits;
    while (Math.scalb((double) largest, exponent) < max) {
      exponent++;
    }
    for (int i = 0; i < tensor.size(); i++) {
      float value = tensor.values()[i];
      long level = Math.min(largest, Math.round(Math.scalb((double) Math.abs(value), -exponent)));
      rounded.values()[i] = Math.copySign(Math.scalb((float) level, exponent), value);
    }
    return rounded;
  }
}
