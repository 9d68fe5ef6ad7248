package io.github.primesim.lowering;

import io.github.primesim.metrics.Action;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import java.util.List;
import java.util.Map;

/** How lists of steps are put together: nothing where there is nothing to do. */
final class Steps {
  private Steps() {}

  static Program program(int bank, List<? extends Step> steps, Map<Action, Long> tallies) {
    return new Program(bank, List.copyOf(steps), tallies);
  }

  /** Adds a body that is repeated, plainly where it is done once. */
  static void repeat(long times, List<Step> body, List<Step> steps) {
    if (times == 1) {
      steps.addAll(body);
    } else if (times > 1) {
      steps.add(new Loop(times, body));
    }
  }

  /** Adds commands that start together. */
  static void together(List<Command> commands, List<Step> steps) {
    if (commands.size() == 1) {
      steps.add(commands.get(0));
    } else if (!commands.isEmpty()) {
      steps.add(new Together(commands));
    }
  }
}
