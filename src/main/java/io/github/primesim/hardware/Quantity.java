package io.github.primesim.hardware;

import java.util.Objects;

/**
 * A number of a hardware file together with what makes it trustworthy.
 *
 * @param value finite and not negative
 * @param unit unit in which {@code value} is given, such as {@code ns}, {@code pJ/bit} or {@code
 *     count}
 * @param source where the number stands, or why it was chosen
 * @param node technology node that the number belongs to, such as {@code 45 nm}; {@code any} for
 *     numbers that do not depend on it
 * @param basis how the number came about
 */
public record Quantity(double value, String unit, String source, String node, Basis basis) {
  public Quantity {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("value must be finite and not negative, was " + value);
    }
    requireText(unit, "unit");
    requireText(source, "source");
    requireText(node, "node");
    Objects.requireNonNull(basis, "basis");
  }

  private static void requireText(String text, String key) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(key + " must not be empty");
    }
  }

  /** The value of a count. */
  public int count() {
    return Math.toIntExact((long) value);
  }
}
