package io.github.primesim.kernel;

/**
 * What is simulated: creates the entities of an experiment and schedules the first events.
 *
 * <p>A model object serves one experiment. {@link Experiment#of} calls the two methods in this
 * order.
 */
public interface Model {
  /**
   * Creates the entities, resources and statistics in {@code experiment} and connects the ports.
   */
  void init(Experiment experiment);

  /** Schedules the events that start the run. */
  void doInitialSchedules();
}
