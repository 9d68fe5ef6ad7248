package io.github.primesim.device;

import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.Model;

/**
 * A PRIME memory with programs in it: the controller that hands out images, the sequencers that
 * execute the programs, and the units these queue at.
 */
final class PrimeMemory implements Model {
  private final ProgramTable programs;
  private final MemoryController controller;
  private final Witness witness;
  private Sequencers sequencers;

  /**
   * @param witness is told what happens, or null
   */
  PrimeMemory(ProgramTable programs, MemoryController controller, Witness witness) {
    this.programs = programs;
    this.controller = controller;
    this.witness = witness;
  }

  @Override
  public void init(Experiment experiment) {
    sequencers = new Sequencers(experiment, programs, controller, witness);
  }

  @Override
  public void doInitialSchedules() {
    controller.start(sequencers);
  }
}
