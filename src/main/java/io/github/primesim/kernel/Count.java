package io.github.primesim.kernel;

/** A statistic that counts occurrences. */
public final class Count {
  private final String name;
  private long value;

  /** A count of zero. */
  public Count(String name) {
    this.name = name;
  }

  /** Counts one occurrence. */
  public void update() {
    update(1);
  }

  /**
   * Counts {@code occurrences} at once.
   *
   * @throws IllegalArgumentException if negative
   * @throws ArithmeticException if the count does not fit a {@code long}
   */
  public void update(long occurrences) {
    if (occurrences < 0) {
      throw new IllegalArgumentException(name + " cannot count " + occurrences + " occurrences");
    }
    value = Math.addExact(value, occurrences);
  }

  /** Occurrences so far. */
  public long value() {
    return value;
  }

  /** The name given at creation. */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name + " = " + value;
  }
}
