package io.github.primesim.experiment;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.units.InputProblem;

/**
 * What writing the weights takes, once before any inference: in no energy of an inference, as in
 * PRIME's results.
 *
 * <p>The cells of weights that are not zero are written once each, those of every copy; all others
 * are taken as erased. Verifying and writing again are not counted.
 *
 * @param cells cells of the weights of all copies on the chip that are not zero
 * @param pj energy of writing each of them once, in picojoules
 */
public record Programming(long cells, double pj) {
  /**
   * Programming the copies of {@code compiled} for the memory {@code spec}.
   *
   * @throws InputProblem if there are more cells than can be counted
   */
  static Programming of(CompiledNetwork compiled, HardwareSpec spec) {
    try {
      long weights = 0;
      for (CompiledLayer layer : compiled.layers()) {
        weights = Math.addExact(weights, Math.multiplyExact(layer.nonZeros(), layer.replicas()));
      }
      long copies = Math.multiplyExact(weights, (long) compiled.instances());
      long cells = Math.multiplyExact(copies, (long) spec.quantization().bitlinesPerWeight());
      return new Programming(cells, cells * spec.energy().programPjPerCell().value());
    } catch (ArithmeticException e) {
      throw new InputProblem(
          "network '"
              + compiled.network()
              + "': the cells of all copies are more than a signed 64-bit number can count,"
              + " allowed: fewer non-zeros or replicas",
          e);
    }
  }
}
