package io.github.primesim.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the steps of a program amount to.
 *
 * <p>The total is an upper bound of every count that follows from them: operands, summed over all
 * iterations. It saturates just above {@link Bounds#MOST}.
 */
final class Work {
  private final Set<Integer> targets = new TreeSet<>();
  private final Operands operands = new Operands();
  private final long total;
  private int steps;

  Work(List<Step> steps) {
    total = of(steps);
  }

  long total() {
    return total;
  }

  /** Steps as written, without regard to repetitions. */
  int steps() {
    return steps;
  }

  /** Banks to which something is sent. */
  Set<Integer> targets() {
    return targets;
  }

  private long of(List<? extends Step> body) {
    long work = 0;
    for (Step step : body) {
      work = Bounds.plus(work, of(step));
    }
    return work;
  }

  private long of(Step step) {
    steps++;
    if (step instanceof Loop loop) {
      // An iteration is work even if its commands have nothing to do.
      return Bounds.times(loop.times(), Bounds.plus(1, of(loop.body())));
    }
    if (step instanceof Together together) {
      return of(together.commands());
    }
    return of((Command) step);
  }

  private long of(Command command) {
    Verb verb = operands.take(command);
    if (verb == Verb.COMP) {
      long bits = 0;
      for (List<Integer> slice : operands.slices()) {
        for (int conversion : slice) {
          bits += conversion;
        }
      }
      long pass = operands.slices().size() + operands.get(Operand.DEPTH) * bits;
      return 1 + Bounds.times(operands.get(Operand.PASSES), pass);
    }
    if (verb == Verb.SEND) {
      targets.add((int) operands.get(Operand.TO));
    }
    long most = 0;
    for (Operand operand : verb.operands()) {
      if (operand.summed()) {
        most = Math.max(most, operands.get(operand));
      }
    }
    return 1 + most;
  }
}
