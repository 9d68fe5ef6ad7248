package io.github.primesim.benchmark;

import nl.tudelft.simulation.dsol.SimRuntimeException;
import nl.tudelft.simulation.dsol.experiment.SingleReplication;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import nl.tudelft.simulation.dsol.model.AbstractDsolModel;
import nl.tudelft.simulation.dsol.simulators.DevsSimulator;
import nl.tudelft.simulation.dsol.simulators.DevsSimulatorInterface;

/**
 * DSOL with integer time, stepped in the thread of the benchmark. Its {@code run()} does the same
 * for each event and some more, in a thread of its own.
 */
final class SteppedDsol extends DevsSimulator<Long> {
  private static final long serialVersionUID = 1L;

  /** A model that schedules nothing: the benchmark does. */
  private static final class Empty extends AbstractDsolModel<Long, DevsSimulatorInterface<Long>> {
    private static final long serialVersionUID = 1L;

    Empty(DevsSimulatorInterface<Long> simulator) {
      super(simulator);
    }

    @Override
    public void constructModel() {
      // Nothing to construct.
    }
  }

  SteppedDsol() {
    super("benchmark");
    try {
      initialize(
          new Empty(this), new SingleReplication<>("benchmark", 0L, 0L, Long.MAX_VALUE), true);
    } catch (SimRuntimeException e) {
      throw new IllegalStateException(e);
    }
  }

  void schedule(long delay, Executable action) {
    try {
      scheduleEventRel(delay, action);
    } catch (SimRuntimeException e) {
      throw new IllegalStateException(e);
    }
  }

  void executeNext() {
    stepImpl();
  }
}
