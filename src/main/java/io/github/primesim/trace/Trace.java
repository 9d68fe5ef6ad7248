package io.github.primesim.trace;

import java.util.List;
import java.util.Objects;

/**
 * A network compiled for a memory. Producers come before the stages that read them, all banks are
 * banks of the instance, and no count summed over all iterations exceeds 2^53; anything else is an
 * {@link IllegalArgumentException}.
 *
 * @param header what was compiled, how, and for which hardware
 * @param stages layers in the order of execution; a stage comes after all its producers
 */
public record Trace(TraceHeader header, List<Stage> stages) {
  /** Most programs of all stages together, and most stages. */
  public static final int MOST_PROGRAMS = Bounds.MOST_PROGRAMS;

  public Trace {
    Objects.requireNonNull(header, "header");
    stages = List.copyOf(stages);
    Bounds.require("number of stages", stages.size(), 1, Bounds.MOST_PROGRAMS);
    TraceChecks checks = new TraceChecks(header.banksPerInstance());
    for (Stage stage : stages) {
      for (int producer : stage.producers()) {
        checks.producer(producer);
      }
      for (Program program : stage.programs()) {
        checks.program(program);
      }
      checks.endOfStage();
    }
  }

  /**
   * The same trace with its loops written out, for checks that folding changes nothing.
   *
   * <p>A loop that holds other loops, has a single step or is run once is written out, since its
   * iterations follow one another. A pipeline stays: its iterations overlap, and steps outside a
   * loop have no way to say so.
   *
   * @param mostSteps steps that the result may have
   * @throws IllegalArgumentException if it had more
   */
  public Trace unrolled(long mostSteps) {
    return new Unrolling(mostSteps).of(this);
  }
}
