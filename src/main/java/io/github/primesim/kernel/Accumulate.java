package io.github.primesim.kernel;

/**
 * A statistic over a value that holds for some time, such as the length of a queue: each value
 * counts with the cycles it lasted.
 *
 * <p>The integral over time is exact; only {@link #mean} rounds, once.
 */
public final class Accumulate {
  private final Experiment experiment;
  private final String name;
  private final long start;
  private long value;
  private long since;
  private long integral;
  private long min;
  private long max;

  /** Begins now with {@code initial}. */
  public Accumulate(Experiment experiment, String name, long initial) {
    this.experiment = experiment;
    this.name = name;
    start = experiment.now();
    since = start;
    value = initial;
    min = initial;
    max = initial;
  }

  /**
   * From now on the value is {@code newValue}.
   *
   * @throws ArithmeticException if the integral does not fit a {@code long}
   */
  public void update(long newValue) {
    integral = integral();
    since = experiment.now();
    value = newValue;
    min = Math.min(min, newValue);
    max = Math.max(max, newValue);
  }

  /** From now on the value is {@code change} more. */
  public void add(long change) {
    update(Math.addExact(value, change));
  }

  /** The present value. */
  public long value() {
    return value;
  }

  /** Sum of the values over all cycles from the beginning until now. */
  public long integral() {
    long now = experiment.now();
    return now == since
        ? integral
        : Math.addExact(integral, Math.multiplyExact(value, now - since));
  }

  /** The smallest value so far, however short it lasted. */
  public long min() {
    return min;
  }

  /** The largest value so far, however short it lasted. */
  public long max() {
    return max;
  }

  /** Mean over the cycles from the beginning until now, NaN if no time has passed. */
  public double mean() {
    return (double) integral() / (experiment.now() - start);
  }

  /** The name given at creation. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name + " = " + value + ", integral " + integral();
  }
}
