package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import java.util.List;
import java.util.Map;

/**
 * What one replica of a layer does in one bank for one image.
 *
 * <p>Steps outside loops run one after another. The body of an innermost loop is a pipeline: each
 * of its steps is a station that takes the iterations in order, several iterations being under way
 * at once; a loop is over when its last iteration has left the last station.
 *
 * @param bank bank within the instance
 * @param steps what to do
 * @param tallies actions per image that depend on data, exact totals over all iterations; actions
 *     that follow from a command's own operands are counted when it runs
 */
public record Program(int bank, List<Step> steps, Map<Action, Long> tallies) {
  public Program {
    steps = List.copyOf(steps);
    tallies = java.util.Collections.unmodifiableMap(new java.util.EnumMap<>(tallies));
  }
}
