package io.github.primesim.network;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The standard normal distribution as 65,536 equally likely values: the quantiles at (k + 1/2) /
 * 65,536. A draw costs 16 random bits and one look-up; values end at 4.33.
 */
public final class NormalTable {
  private static final int SIZE = 1 << 16;
  private static final float[] QUANTILES = quantiles();

  private NormalTable() {}

  private static float[] quantiles() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    float[] values = new float[SIZE];
    for (int k = 0; k < SIZE / 2; k++) {
      float quantile = (float) normal.inverseCumulativeProbability((k + 0.5) / SIZE);
      values[k] = quantile;
      values[SIZE - 1 - k] = -quantile;
    }
    return values;
  }

  /** The largest value of a draw. */
  public static float max() {
    return QUANTILES[SIZE - 1];
  }

  /** One draw. */
  public static float draw(SplittableRandom random) {
    return QUANTILES[(int) (random.nextLong() >>> 48)];
  }

  /**
   * Fills {@code target} with draws, each times {@code factor} and times its element of {@code
   * factors}; four draws take one {@code long} of the generator.
   */
  static void fill(SplittableRandom random, float factor, float[] factors, float[] target) {
    float[] table = QUANTILES;
    int length = target.length;
    int whole = length & ~3;
    for (int i = 0; i < whole; i += 4) {
      long bits = random.nextLong();
      target[i] = table[(int) bits & 0xFFFF] * (factor * factors[i]);
      target[i + 1] = table[(int) (bits >>> 16) & 0xFFFF] * (factor * factors[i + 1]);
      target[i + 2] = table[(int) (bits >>> 32) & 0xFFFF] * (factor * factors[i + 2]);
      target[i + 3] = table[(int) (bits >>> 48)] * (factor * factors[i + 3]);
    }
    if (whole < length) {
      long bits = random.nextLong();
      for (int i = whole; i < length; i++) {
        target[i] = table[(int) bits & 0xFFFF] * (factor * factors[i]);
        bits >>>= 16;
      }
    }
  }
}
