package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import java.util.List;

/** Which part of the weights a crossbar holds. */
public enum Sign {
  /** Both: a pair of arrays whose bitlines are subtracted. */
  PAIR,
  POSITIVE,
  NEGATIVE;

  private static final List<Sign> PAIRED = List.of(PAIR);
  private static final List<Sign> SPLIT = List.of(POSITIVE, NEGATIVE);

  /** The parts a weight matrix is split into, each of which is mapped for itself. */
  public static List<Sign> parts(SignScheme scheme) {
    return scheme == SignScheme.PAIRS ? PAIRED : SPLIT;
  }

  /** Whether a crossbar of this part has a non-zero cell for {@code weight}. */
  public boolean holds(int weight) {
    return switch (this) {
      case PAIR -> weight != 0;
      case POSITIVE -> weight > 0;
      case NEGATIVE -> weight < 0;
    };
  }
}
