package io.github.primesim.functional;

import io.github.primesim.network.NormalTable;
import java.util.SplittableRandom;

/**
 * What differs from one reading to the next: in each conversion each cell conducts its conductance
 * times a normal factor of mean 1, independent of all other cells and readings. Of a sum that is
 * one draw, with the variances of the cells added up.
 */
final class ReadNoise {
  /** Sums stay in the range in which conversions are exact. */
  private static final int MOST = 1 << 30;

  private final double spread;
  private final SplittableRandom random;

  /**
   * @param spread standard deviation of the factor
   */
  ReadNoise(double spread, SplittableRandom random) {
    this.spread = spread;
    this.random = random;
  }

  /**
   * Reads sums once.
   *
   * @param squares of each sum: the squares of what its cells give, added up
   */
  void add(float[] squares, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      double noise = spread * Math.sqrt(squares[i]) * NormalTable.draw(random);
      sums[i] = (int) Math.max(-MOST, Math.min(MOST, Math.rint(sums[i] + noise)));
    }
  }
}
