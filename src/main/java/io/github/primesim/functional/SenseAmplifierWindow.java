package io.github.primesim.functional;

import io.github.primesim.hardware.SignScheme;

/**
 * Where the sense amplifiers of a layer look: the value of their least significant bit, calibrated
 * on training data. All row blocks and all composed parts of the layer share it.
 *
 * @param signs how signs are held: without a pair the sums of both signs are converted, which are
 *     larger than their difference
 * @param rows wordlines of the crossbars it holds for: smaller crossbars have smaller sums
 * @param lsb real value of the least significant bit, in units of the layer's outputs; a power of
 *     two, so that results are rescaled by a shift
 */
public record SenseAmplifierWindow(SignScheme signs, int rows, double lsb) {
  public SenseAmplifierWindow {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", must be at least 1");
    }
    Calibration.powerOfTwo(lsb, "lsb");
  }
}
