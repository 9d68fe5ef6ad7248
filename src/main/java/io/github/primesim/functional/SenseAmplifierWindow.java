package io.github.primesim.functional;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.ColumnGains;
import java.util.Optional;

/**
 * Where the sense amplifiers of a layer look: the value of their least significant bit, calibrated
 * on training data. All row blocks and all composed parts of the layer share it.
 *
 * <p>What they round off makes most outputs smaller, since small sums of many row blocks vanish.
 * The gains make that good on average.
 *
 * @param signs how signs are held: without a pair the sums of both signs are converted, which are
 *     larger than their difference
 * @param rows wordlines of the crossbars it holds for: smaller crossbars have smaller sums
 * @param lsb real value of the least significant bit, in units of the layer's outputs; a power of
 *     two, so that results are rescaled by a shift
 * @param gains how much larger than its weights each column is programmed; empty for not at all
 */
public record SenseAmplifierWindow(
    SignScheme signs, int rows, double lsb, Optional<ColumnGains> gains) {
  public SenseAmplifierWindow {
    if (rows < 1) {
      throw new IllegalArgumentException("rows is " + rows + ", must be at least 1");
    }
    Calibration.powerOfTwo(lsb, "lsb");
  }

  /** Columns are programmed as their weights are. */
  public SenseAmplifierWindow(SignScheme signs, int rows, double lsb) {
    this(signs, rows, lsb, Optional.empty());
  }

  /** The same window with gains. */
  SenseAmplifierWindow with(ColumnGains columns) {
    return new SenseAmplifierWindow(signs, rows, lsb, Optional.of(columns));
  }
}
