package io.github.primesim.experiment.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What varying one number does to each headline.
 *
 * @param parameter the number
 * @param low headlines with the number lowered; empty where the model refuses it or it cannot be
 *     lowered
 * @param high the same with the number raised
 */
public record Swing(Parameter parameter, List<OptionalDouble> low, List<OptionalDouble> high) {
  public Swing {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** The largest change of a headline in either direction, as a share of {@code base}. */
  public double size(int headline, double base) {
    return Math.max(change(low, headline, base), change(high, headline, base));
  }

  private static double change(List<OptionalDouble> at, int headline, double base) {
    return Math.abs(at.get(headline).orElse(base) / base - 1);
  }
}
