package io.github.primesim.trace;

import java.util.List;

/**
 * A body that is repeated. A loop whose body holds no other loop is a pipeline, see {@link
 * Program}.
 *
 * @param times at least 1
 * @param body at least one step
 */
public record Loop(long times, List<Step> body) implements Step {
  public Loop {
    Bounds.require("number of repetitions", times, 1, Bounds.MOST);
    if (body.isEmpty()) {
      throw new IllegalArgumentException("a loop needs a body");
    }
    body = List.copyOf(body);
  }
}
