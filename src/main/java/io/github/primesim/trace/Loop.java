package io.github.primesim.trace;

import java.util.List;

/**
 * A body that is repeated.
 *
 * @param times at least 1
 * @param body at least one step
 */
public record Loop(long times, List<Step> body) implements Step {
  public Loop {
    if (times < 1) {
      throw new IllegalArgumentException("a loop repeats at least once, not " + times + " times");
    }
    if (body.isEmpty()) {
      throw new IllegalArgumentException("a loop needs a body");
    }
    body = List.copyOf(body);
  }
}
