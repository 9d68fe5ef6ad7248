package io.github.primesim.kernel;

/**
 * An entity that has its experiment to itself and numbers its events, at most one of each number
 * pending at a time. Within a tick the lowest number comes first.
 *
 * <p>The model of a machine in which each unit, stage or request waits for one thing at a time
 * needs no more than that, and its events are scheduled and executed in a fraction of the time.
 */
public abstract class NumberedEntity extends Entity {
  private final Agenda agenda;

  /**
   * Enters the entity in an experiment that has no others and gets none.
   *
   * @param numbers events are numbered from 0 to {@code numbers - 1}
   * @throws IllegalArgumentException if there are other entities
   */
  protected NumberedEntity(Experiment experiment, String name, int numbers) {
    super(experiment, name);
    agenda = new Agenda(numbers);
    experiment.follow(agenda);
  }

  /**
   * Schedules an event, of which none of the same number may be pending.
   *
   * @param time cycle, not before now
   * @throws IllegalArgumentException if the time is past
   */
  protected final void scheduleAt(long time, int number) {
    if (time < agenda.now()) {
      experiment().notPast(time);
    }
    agenda.schedule(number, time);
  }

  /** Calls all pending events off. */
  protected final void callOffAll() {
    agenda.clear();
  }

  /**
   * Reacts to an event, at the time it was scheduled for.
   *
   * @param payload always 0
   */
  @Override
  protected abstract void handle(int number, long payload);
}
