package io.github.primesim.device;

import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.Model;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import io.github.primesim.units.Clock;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What is known of clusters whose programs belong to one stage: they take the same time and wait
 * for the same units whenever the stage begins, so each is simulated once, with no other around.
 */
final class LoneClusters {
  /** Cycles until the last program ends, and what all have waited for. */
  record Outcome(long cycles, Counts<Stall> waits) {}

  private final long[] cycles;
  private final List<Counts<Stall>> waits;

  private LoneClusters(int nodes) {
    cycles = new long[nodes];
    waits = new ArrayList<>(Collections.nCopies(nodes, Counts.none()));
  }

  /**
   * Simulates the clusters of a table.
   *
   * @param folded whether repetitions are left out
   * @param known outcomes by shape, of earlier tables of the same memory; new ones are added
   * @param effort is told what it took
   */
  static LoneClusters of(
      ProgramTable table,
      Clock clock,
      boolean folded,
      Map<LongBuffer, Outcome> known,
      Effort effort) {
    LoneClusters lone = new LoneClusters(table.nodes());
    Outcomes outcomes = new Outcomes(table, clock, folded, known, effort);
    for (ProgramTable.Lone cluster : table.lone()) {
      Outcome outcome = outcomes.of(cluster.shape(), cluster.programs());
      int node = cluster.node();
      lone.cycles[node] = Math.max(lone.cycles[node], outcome.cycles());
      Counts<Stall> ofAll = outcome.waits().times(cluster.weight());
      lone.waits.set(node, lone.waits.get(node).plus(ofAll));
    }
    return lone;
  }

  /** Cycles from the begin of a stage until the last of its lone programs ends, 0 if none. */
  long cycles(int node) {
    return cycles[node];
  }

  /** What the lone programs of a stage wait for during an image. */
  Counts<Stall> waits(int node) {
    return waits.get(node);
  }

  /** Works out what is not known yet. */
  private record Outcomes(
      ProgramTable table,
      Clock clock,
      boolean folded,
      Map<LongBuffer, Outcome> known,
      Effort effort) {

    Outcome of(LongBuffer shape, List<DecodedProgram> programs) {
      Outcome outcome = known.get(shape);
      if (outcome == null) {
        outcome =
            folded && programs.size() == 1 && programs.get(0).repeatsPipelines()
                ? ofPipelines(programs.get(0))
                : new ClusterRun(table, programs, folded).outcome(clock, effort);
        known.put(shape, outcome);
      }
      return outcome;
    }

    /**
     * A program that meets no other finds all units idle whenever it begins a pipeline, since the
     * one before has ended with all that it has asked for. So a pipeline takes the same each time:
     * loops around it need no simulation, however they are nested.
     */
    private Outcome ofPipelines(DecodedProgram program) {
      long cycles = 0;
      Counts.Builder<Stall> waits = new Counts.Builder<>(Stall.class);
      long[] executions = program.executions();
      for (int i = 0; i < executions.length; i++) {
        DecodedProgram.Operation operation = program.operations().get(i);
        if (operation.pipeline() != null) {
          DecodedProgram alone = new DecodedProgram(program.node(), List.of(operation));
          Outcome once = of(table.shapeOfLone(alone), List.of(alone));
          cycles = Math.addExact(cycles, Math.multiplyExact(once.cycles(), executions[i]));
          waits.add(once.waits().times(executions[i]));
        }
      }
      return new Outcome(cycles, waits.build());
    }
  }

  /** One cluster that has the memory to itself. */
  private static final class ClusterRun implements Model, StageControl {
    private static final int NODE = 0;

    private final boolean folded;
    private final ProgramLayout layout;
    private final long[] state;
    private FastForward forward;
    private Sequencers sequencers;
    private long latestEnd;

    ClusterRun(ProgramTable table, List<DecodedProgram> programs, boolean folded) {
      this.folded = folded;
      List<ProgramTable.Entry> entries = new ArrayList<>();
      for (DecodedProgram program : programs) {
        entries.add(new ProgramTable.Entry(new DecodedProgram(NODE, program.operations()), 1));
      }
      layout = new ProgramLayout(table, entries, 1, 0, folded);
      state = layout.idleState();
    }

    Outcome outcome(Clock clock, Effort effort) {
      Experiment experiment = Experiment.of(this, "cluster", clock);
      experiment.run();
      effort.arrivals(experiment.executedEvents());
      if (forward != null) {
        forward.addTo(effort);
      }
      Counts.Builder<Stall> waited = new Counts.Builder<>(Stall.class);
      sequencers.addWaits(NODE, waited);
      return new Outcome(latestEnd, waited.build());
    }

    @Override
    public void init(Experiment experiment) {
      forward = folded ? new FastForward(new Recurrence(layout, state)) : null;
      sequencers = new Sequencers(experiment, layout, state, this, forward, null);
    }

    @Override
    public void doInitialSchedules() {
      sequencers.start(NODE, 0);
      settle();
    }

    @Override
    public void programEnds(int node, long time) {
      latestEnd = Math.max(latestEnd, time);
    }

    @Override
    public void letIn(int node) {
      throw new IllegalStateException("a cluster on its own has no images");
    }

    @Override
    public void scheduleAnew() {
      // No image is ever let in.
    }

    @Override
    public void settle() {
      sequencers.settle();
    }

    @Override
    public boolean stopped() {
      return false;
    }
  }
}
