package io.github.primesim.validation;

import java.util.List;
import java.util.Optional;

/**
 * What takes the place of what claims name, to see how far their figures hang on it.
 *
 * @param hardware memory that stands in for the one that claims name
 * @param replication policy that stands in for theirs
 * @param sets hardware keys to be set on top of theirs, as {@code key=value}
 */
public record Substitution(
    Optional<String> hardware, Optional<String> replication, List<String> sets) {
  /** Claims as they stand. */
  public static final Substitution NONE =
      new Substitution(Optional.empty(), Optional.empty(), List.of());

  public Substitution {
    sets = List.copyOf(sets);
  }
}
