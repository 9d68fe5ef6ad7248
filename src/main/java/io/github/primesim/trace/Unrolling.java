package io.github.primesim.trace;

import java.util.ArrayList;
import java.util.List;

/** Writes out the loops of a trace whose iterations follow one another. */
final class Unrolling {
  private final long mostSteps;
  private long steps;

  Unrolling(long mostSteps) {
    this.mostSteps = mostSteps;
  }

  Trace of(Trace trace) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : trace.stages()) {
      List<Program> programs = new ArrayList<>();
      for (Program program : stage.programs()) {
        programs.add(new Program(program.bank(), of(program.steps()), program.tallies()));
      }
      stages.add(new Stage(stage.layer(), stage.producers(), stage.facts(), programs));
    }
    return new Trace(trace.header(), stages);
  }

  private List<Step> of(List<Step> folded) {
    List<Step> written = new ArrayList<>();
    for (Step step : folded) {
      if (step instanceof Loop loop && !overlaps(loop)) {
        for (long i = 0; i < loop.times(); i++) {
          written.addAll(of(loop.body()));
        }
      } else {
        count();
        written.add(step);
      }
    }
    return written;
  }

  private void count() {
    steps++;
    if (steps > mostSteps) {
      throw new IllegalArgumentException(
          "written out, the trace has more than the " + mostSteps + " steps allowed");
    }
  }

  /** Whether an iteration may begin before the one before it is over. */
  private static boolean overlaps(Loop loop) {
    return loop.times() > 1
        && loop.body().size() > 1
        && loop.body().stream().noneMatch(Loop.class::isInstance);
  }
}
