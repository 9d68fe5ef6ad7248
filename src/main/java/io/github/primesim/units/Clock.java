package io.github.primesim.units;

/**
 * The simulation clock: one tick of the event kernel is one period.
 *
 * <p>Nanoseconds become cycles once, rounding up, when a hardware specification is resolved; from
 * there on time is a {@code long} number of cycles.
 *
 * @param periodNs length of a cycle in nanoseconds, positive and finite
 */
public record Clock(double periodNs) {
  /** Slack that keeps 29.4 ns / 9.8 ns from becoming 4 cycles through a rounding error. */
  private static final double ROUNDING_SLACK = 1e-9;

  public Clock {
    if (!(periodNs > 0) || Double.isInfinite(periodNs)) {
      throw new IllegalArgumentException("clock period must be positive, was " + periodNs + " ns");
    }
  }

  /**
   * The least number of whole cycles that last at least {@code nanoseconds}.
   *
   * @param nanoseconds a duration, zero or positive and finite
   */
  public long cyclesAtLeast(double nanoseconds) {
    if (!(nanoseconds >= 0) || Double.isInfinite(nanoseconds)) {
      throw new IllegalArgumentException("duration must not be negative, was " + nanoseconds);
    }
    return (long) Math.ceil(nanoseconds / periodNs * (1 - ROUNDING_SLACK));
  }

  /** The duration of {@code cycles} in nanoseconds. */
  public double nanoseconds(long cycles) {
    return cycles * periodNs;
  }
}
