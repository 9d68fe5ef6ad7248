package io.github.primesim.kernel;

import java.math.BigInteger;

/**
 * A statistic over observations that each count the same, such as the waiting time of each request.
 *
 * <p>The sum and the sum of squares are exact (the latter in 128 bits); only {@link #mean} and
 * {@link #standardDeviation} round, once.
 */
public final class Tally {
  private final String name;
  private long observations;
  private long sum;
  private long squaresHigh;
  private long squaresLow;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /** A tally without observations. */
  public Tally(String name) {
    this.name = name;
  }

  /**
   * Adds an observation.
   *
   * @throws ArithmeticException if the sum does not fit a {@code long}
   */
  public void update(long value) {
    sum = Math.addExact(sum, value);
    observations++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    long low = value * value;
    squaresLow += low;
    // The carry out of the low word is what makes the new word smaller than what was added.
    squaresHigh +=
        Math.multiplyHigh(value, value) + (Long.compareUnsigned(squaresLow, low) < 0 ? 1 : 0);
  }

  /** Number of observations. */
  public long observations() {
    return observations;
  }

  /** Sum of the observations. */
  public long sum() {
    return sum;
  }

  /**
   * The smallest observation.
   *
   * @throws IllegalStateException if there is none
   */
  public long min() {
    requireObservation();
    return min;
  }

  /**
   * The largest observation.
   *
   * @throws IllegalStateException if there is none
   */
  public long max() {
    requireObservation();
    return max;
  }

  /** Mean of the observations, NaN if there is none. */
  public double mean() {
    return (double) sum / observations;
  }

  /** Sample standard deviation (divisor n - 1), NaN for fewer than two observations. */
  public double standardDeviation() {
    if (observations < 2) {
      return Double.NaN;
    }
    BigInteger n = BigInteger.valueOf(observations);
    BigInteger squares =
        BigInteger.valueOf(squaresHigh)
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(squaresLow)));
    BigInteger deviation = n.multiply(squares).subtract(BigInteger.valueOf(sum).pow(2));
    return Math.sqrt(
        deviation.doubleValue() / n.multiply(n.subtract(BigInteger.ONE)).doubleValue());
  }

  /** The name given at creation. */
  public String name() {
    return name;
  }

  private void requireObservation() {
    if (observations == 0) {
      throw new IllegalStateException(name + " has no observation");
    }
  }

  @Override
  public String toString() {
    return name + ": " + observations + " observations, sum " + sum;
  }
}
