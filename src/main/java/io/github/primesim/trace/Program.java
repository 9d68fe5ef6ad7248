package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one replica of a layer does in one bank for one image.
 *
 * <p>Steps outside loops run one after another. The body of an innermost loop is a pipeline: each
 * of its steps is a station that takes the iterations in order, several iterations being under way
 * at once; a loop is over when its last iteration has left the last station. A loop that holds
 * other loops runs its body step by step, without overlap between its iterations. Blocks are nested
 * at most 32 deep, the program counted.
 *
 * @param bank bank within the instance
 * @param steps what to do
 * @param tallies actions per image that depend on data, exact totals over all iterations; actions
 *     that follow from a command's own operands are counted when it runs
 */
public record Program(int bank, List<Step> steps, Map<Action, Long> tallies) {
  public Program {
    Bounds.index("bank", bank);
    steps = List.copyOf(steps);
    Bounds.require("nesting", nesting(steps, 0), 0, Bounds.MOST_NESTING);
    // EnumMap's copy constructor refuses an empty map of another class.
    EnumMap<Action, Long> copy = new EnumMap<>(Action.class);
    copy.putAll(tallies);
    copy.forEach((action, total) -> Bounds.count(action.key(), total));
    tallies = Collections.unmodifiableMap(copy);
  }

  /** Blocks inside each other; does not look below the deepest allowed. */
  private static int nesting(List<Step> steps, int around) {
    int deepest = around + 1;
    for (Step step : steps) {
      if (step instanceof Loop loop && around < Bounds.MOST_NESTING) {
        deepest = Math.max(deepest, nesting(loop.body(), around + 1));
      } else if (step instanceof Together) {
        deepest = Math.max(deepest, around + 2);
      }
    }
    return deepest;
  }
}
