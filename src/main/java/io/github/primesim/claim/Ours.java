package io.github.primesim.claim;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What we have beside a published figure.
 *
 * @param value the figure of ours, if there is one
 * @param absence why there is none
 */
public record Ours(OptionalDouble value, Optional<String> absence) {
  public Ours {
    if (value.isPresent() == absence.isPresent()) {
      throw new IllegalArgumentException("either a figure, or why there is none");
    }
  }

  /** A figure, which must be finite. */
  public static Ours of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("no figure is " + value);
    }
    return new Ours(OptionalDouble.of(value), Optional.empty());
  }

  /** No figure, and why. */
  public static Ours absent(String why) {
    return new Ours(OptionalDouble.empty(), Optional.of(why));
  }
}
