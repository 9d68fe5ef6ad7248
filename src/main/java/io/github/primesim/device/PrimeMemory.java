package io.github.primesim.device;

import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.Model;

/**
 * A PRIME memory with programs in it: the controller that hands out images, the sequencers that
 * execute the programs, and the units these queue at.
 */
final class PrimeMemory implements Model {
  private final ProgramLayout layout;
  private final MemoryController controller;
  private final boolean folded;
  private final Witness witness;
  private final long[] state;
  private FastForward forward;
  private Sequencers sequencers;

  /**
   * @param folded whether repetitions are left out
   * @param witness is told what happens, or null
   */
  PrimeMemory(ProgramTable programs, MemoryController controller, boolean folded, Witness witness) {
    this.controller = controller;
    this.folded = folded;
    this.witness = witness;
    layout =
        new ProgramLayout(
            programs, programs.entries(), controller.nodes(), controller.wordsOfNode(), folded);
    state = layout.idleState();
  }

  @Override
  public void init(Experiment experiment) {
    forward = folded ? new FastForward(new Recurrence(layout, state, controller)) : null;
    sequencers = new Sequencers(experiment, layout, state, controller, forward, witness);
  }

  @Override
  public void doInitialSchedules() {
    controller.start(layout, state, sequencers, forward);
  }

  /** Tells what was done so far. */
  void addTo(Effort effort, Experiment experiment) {
    effort.arrivals(experiment.executedEvents());
    if (forward != null) {
      forward.addTo(effort);
    }
  }
}
