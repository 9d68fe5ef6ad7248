package io.github.primesim.experiment.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a sweep: its points are combined with those of every other part. */
public sealed interface Section permits Fixed, Grid, Zip, Draws, Designs {
  /** Keys it speaks of, in the order of the file. */
  List<String> keys();

  /** Those of them that have more than one value. */
  List<String> varying();

  /** How many points it has; {@link Long#MAX_VALUE} where they are more than that. */
  long points();

  /** What it says of its point number {@code index}, by key. */
  Map<String, String> values(long index);

  /** Whether every point of it says something of the key. */
  default boolean always(String key) {
    return keys().contains(key);
  }

  /** What its points are called beside their values, if anything. */
  default Optional<String> title(long index) {
    return Optional.empty();
  }
}
