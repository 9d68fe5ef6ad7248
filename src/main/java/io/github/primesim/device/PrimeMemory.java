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
  private Sequencers sequencers;

  PrimeMemory(ProgramTable programs, MemoryController controller) {
    this.programs = programs;
    this.controller = controller;
  }

  @Override
  public void init(Experiment experiment) {
    sequencers = new Sequencers(experiment, programs, controller);
  }

  @Override
  public void doInitialSchedules() {
    controller.start(sequencers);
  }
}
