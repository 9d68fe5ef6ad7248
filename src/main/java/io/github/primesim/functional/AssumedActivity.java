package io.github.primesim.functional;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A calibration for networks without data to measure, such as synthetic ones: inputs are taken as
 * standard normal, cut off at zero where they are unsigned (a ReLU before), and saturate at three
 * standard deviations, the largest input level. Nothing is drawn: the share of each level follows
 * from the distribution function. The input of the network is treated like any other.
 */
public final class AssumedActivity {
  /** Inputs saturate at so many standard deviations. */
  private static final double CUTOFF = 3;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private AssumedActivity() {}

  /** The assumed calibration of a network. */
  public static NetworkCalibration of(Network network, Formats formats) {
    List<Calibration> layers = new ArrayList<>();
    Map<Boolean, List<SliceActivity>> slices = new HashMap<>();
    for (Layer layer : network.weightedLayers()) {
      boolean signed = network.signedInput(layer);
      layers.add(
          new Calibration(
              layer.name(),
              signed,
              // Inputs of synthetic networks have no unit: their range is taken as 1.
              Math.scalb(1.0, -formats.inputBits()),
              layer.bias() ? formats.highestInput() : 0,
              slices.computeIfAbsent(signed, each -> slices(formats, each)),
              List.of()));
    }
    return new NetworkCalibration(
        network.name(), NetworkCalibration.Basis.ASSUMED, 0, formats, layers);
  }

  private static List<SliceActivity> slices(Formats formats, boolean signed) {
    double[] share = levelShares(formats.highestInput(), signed);
    List<SliceActivity> slices = new ArrayList<>();
    for (int slice = 0; slice < formats.inputSlices(); slice++) {
      SliceStatistics statistics = new SliceStatistics();
      for (int level = 0; level < share.length; level++) {
        statistics.add(formats.inputSlice(level, slice), share[level]);
      }
      slices.add(statistics.activity());
    }
    return slices;
  }

  /** The probability of each input magnitude. */
  static double[] levelShares(int highest, boolean signed) {
    double step = CUTOFF / highest;
    double[] share = new double[highest + 1];
    double above = 0;
    for (int level = highest; level >= 1; level--) {
      double upToHere = 1 - NORMAL.cumulativeProbability((level - 0.5) * step);
      share[level] = (upToHere - above) * (signed ? 2 : 1);
      above = upToHere;
    }
    share[0] = 1 - above * (signed ? 2 : 1);
    return share;
  }

  /**
   * The window where none was calibrated: the largest code stands for three standard deviations of
   * the sum of a crossbar, inputs and weights taken as independent.
   */
  static double lsb(
      Calibration calibration, IntegerMatrix weights, Formats formats, CrossbarGeometry geometry) {
    double squares = 0;
    double magnitudes = 0;
    for (int row = 0; row < weights.rows(); row++) {
      for (int column = 0; column < weights.columns(); column++) {
        double weight = weights.at(row, column);
        squares += weight * weight;
        magnitudes += Math.abs(weight);
      }
    }
    double places = (double) weights.rows() * weights.columns();
    double[] share = levelShares(formats.highestInput(), calibration.signedInput());
    double meanLevel = 0;
    double meanSquare = 0;
    for (int level = 0; level < share.length; level++) {
      meanLevel += level * share[level];
      meanSquare += (double) level * level * share[level];
    }
    int rows = Math.min(geometry.rows(), weights.rows());
    double range = CUTOFF * Math.sqrt(rows * meanSquare * squares / places);
    if (geometry.signs() == SignScheme.INDEPENDENT) {
      range += rows * meanLevel * magnitudes / places / 2;
    }
    double unit = calibration.inputScale() * weights.scale();
    double lsb = Math.max(range * unit, unit) / ((1 << formats.outputBits()) - 1);
    return Math.scalb(1.0, Math.getExponent(lsb) + 1);
  }
}
