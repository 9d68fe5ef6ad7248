package io.github.primesim.claim;

/**
 * A published number, or the ends of a published range.
 *
 * @param from the number, or the lower end
 * @param to the same, or the upper end
 */
public record PublishedRange(double from, double to) {
  public PublishedRange {
    if (!Double.isFinite(from) || !Double.isFinite(to) || from > to) {
      throw new IllegalArgumentException("no range from " + from + " to " + to);
    }
  }

  /** A single number. */
  public static PublishedRange of(double value) {
    return new PublishedRange(value, value);
  }

  /** Whether it is a single number. */
  public boolean single() {
    return from == to;
  }

  /**
   * The number, or the geometric middle of the range; the arithmetic one where it is not positive.
   */
  public double middle() {
    return single() ? from : from > 0 ? Math.sqrt(from * to) : (from + to) / 2;
  }
}
