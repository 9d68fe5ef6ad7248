package io.github.primesim.functional;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.ColumnGains;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The dynamic fixed point of one layer with weights: which real values its input levels and its
 * sense amplifier codes stand for, and how active its inputs are. Stored with the network.
 *
 * <p>Source: PRIME, III-D (dynamic fixed point); the calibrated window is an addition, without
 * which the fixed top bits of a full-range result would be zero on trained networks.
 *
 * @param name of the layer
 * @param signedInput whether inputs can be negative: a positive and a negative pass
 * @param inputScale real value of input level 1, a power of two
 * @param biasLevel level of the constantly driven wordline of the bias; 0 without bias
 * @param slices activity of each input slice, most significant first
 * @param windows window of the sense amplifiers by signs and crossbar rows; empty where nothing is
 *     known, so that they are taken from the statistics of the weights
 */
public record Calibration(
    String name,
    boolean signedInput,
    double inputScale,
    int biasLevel,
    List<SliceActivity> slices,
    List<SenseAmplifierWindow> windows) {
  public Calibration {
    powerOfTwo(inputScale, "inputScale");
    if (biasLevel < 0) {
      throw new IllegalArgumentException("biasLevel is " + biasLevel + ", must not be negative");
    }
    slices = List.copyOf(slices);
    windows = List.copyOf(windows);
  }

  /**
   * The window for crossbars of {@code rows} wordlines: that of the next larger crossbars which
   * were calibrated, or of the largest; empty if none was.
   */
  public Optional<SenseAmplifierWindow> window(SignScheme signs, int rows) {
    List<SenseAmplifierWindow> ofSigns =
        windows.stream()
            .filter(window -> window.signs() == signs)
            .sorted(Comparator.comparingInt(SenseAmplifierWindow::rows))
            .toList();
    return ofSigns.stream()
        .filter(window -> window.rows() >= rows)
        .findFirst()
        .or(() -> ofSigns.stream().reduce((smaller, larger) -> larger));
  }

  /** The same calibration with other windows. */
  Calibration with(List<SenseAmplifierWindow> others) {
    return new Calibration(name, signedInput, inputScale, biasLevel, slices, others);
  }

  /** How the columns are programmed on crossbars of {@code rows} wordlines. */
  public ColumnGains gains(SignScheme signs, int rows) {
    return window(signs, rows).flatMap(SenseAmplifierWindow::gains).orElse(ColumnGains.NONE);
  }

  static void powerOfTwo(double value, String key) {
    if (!(value > 0)
        || Double.isInfinite(value)
        || Math.scalb(1.0, Math.getExponent(value)) != value) {
      throw new IllegalArgumentException(key + " is " + value + ", must be a power of two");
    }
  }

  /** Real value that the wordline of the bias stands for; 1 without bias. */
  public double biasInput() {
    return biasLevel == 0 ? 1 : biasLevel * inputScale;
  }
}
