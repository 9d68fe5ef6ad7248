package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold between the parts of a trace, checked part by part, so that a reader can tell at
 * which line it ceased to hold. Every violation is an {@link IllegalArgumentException}.
 */
final class TraceChecks {
  private final int banks;
  private final Map<Action, Long> tallied = new EnumMap<>(Action.class);
  private int stage;
  private long programs;
  private long steps;
  private long total;

  /** Programs of several banks share their steps; these are measured once. */
  private List<Step> measured = List.of();

  private Work work = new Work(measured);

  TraceChecks(int banks) {
    this.banks = banks;
  }

  /** A producer of the current stage. */
  void producer(long producer) {
    if (producer < 0 || producer >= stage) {
      throw new IllegalArgumentException(
          "stage "
              + stage
              + " comes after stage "
              + producer
              + ", allowed is "
              + (stage == 0 ? "none" : "one before it, 0 to " + (stage - 1)));
    }
  }

  /** A bank that is named by a program. */
  void bank(long bank) {
    Bounds.require("bank", bank, 0, banks - 1L);
  }

  /** The next program of the current stage. */
  void program(Program program) {
    bank(program.bank());
    if (program.steps() != measured) {
      measured = program.steps();
      work = new Work(measured);
    }
    for (int target : work.targets()) {
      bank(target);
      if (target == program.bank()) {
        throw new IllegalArgumentException("bank " + target + " sends to itself");
      }
    }
    programs++;
    Bounds.require("number of programs", programs, 0, Bounds.MOST_PROGRAMS);
    steps += work.steps();
    Bounds.require("number of steps", steps, 0, Bounds.MOST_STEPS);
    total = Bounds.plus(total, work.total());
    if (total > Bounds.MOST) {
      throw new IllegalArgumentException(
          "repetitions times operands sum up to more than the " + Bounds.MOST + " allowed");
    }
    program.tallies().forEach(this::tally);
  }

  private void tally(Action action, long count) {
    long sum = Bounds.plus(tallied.getOrDefault(action, 0L), count);
    Bounds.require("sum of the tallies of " + action.key(), sum, 0, Bounds.MOST);
    tallied.put(action, sum);
  }

  void endOfStage() {
    stage++;
  }
}
