package io.github.primesim.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One published figure of a claim.
 *
 * @param name unique in its claim
 * @param published what was published; empty where only an order was
 * @param unit unit of both figures, empty for a count
 * @param figure name of the figure of ours that it is compared with; empty where there is none
 * @param inputs what that figure is computed from
 * @param strength what is asserted
 * @param tolerance how far ours may be off
 */
public record PublishedFigure(
    String name,
    Optional<PublishedRange> published,
    String unit,
    Optional<String> figure,
    Map<String, String> inputs,
    Strength strength,
    Tolerance tolerance) {
  public PublishedFigure {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    if (name.isBlank()) {
      throw new IllegalArgumentException("a figure needs a name");
    }
    boolean asserted = strength == Strength.EXACT || strength == Strength.BAND;
    if (asserted && (published.isEmpty() || figure.isEmpty())) {
      throw new IllegalArgumentException(
          "'" + name + "' needs 'expected' and 'figure', or the strength shape or report");
    }
  }
}
