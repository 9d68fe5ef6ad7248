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
}
