package io.github.primesim.claim;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What we have beside a published figure.
 *
 * @param value the figure of ours, if there is one
 * @param absence why there is none
 * @param stale whether there was one that does not count any more
 */
public record Ours(OptionalDouble value, Optional<String> absence, boolean stale) {
  public Ours {
    if (value.isPresent() == absence.isPresent()) {
      throw new IllegalArgumentException("either a figure, or why there is none");
    }
    if (stale && value.isPresent()) {
      throw new IllegalArgumentException("a figure that counts is not stale");
    }
  }

  /** A figure, which must be finite. */
  public static Ours of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("no figure is " + value);
    }
    return new Ours(OptionalDouble.of(value), Optional.empty(), false);
  }

  /** No figure, and why. */
  public static Ours absent(String why) {
    return new Ours(OptionalDouble.empty(), Optional.of(why), false);
  }

  /** A stored figure that does not count any more, and why. */
  public static Ours stale(String why) {
    return new Ours(OptionalDouble.empty(), Optional.of(why), true);
  }
}
