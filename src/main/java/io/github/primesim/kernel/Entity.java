package io.github.primesim.kernel;

/**
 * A component of a model that acts when an event reaches it.
 *
 * <p>A subclass numbers its kinds of events with constants and implements {@link #handle}. It
 * schedules its own events through the methods here, those of others through {@linkplain OutputPort
 * ports}. Delays and times are in cycles; a priority that is not given is 0, and lower numbers come
 * first within a tick.
 */
public abstract class Entity {
  private final Experiment experiment;
  private final String name;
  private final int number;

  /**
   * Enters the entity in its experiment.
   *
   * @param name for messages and reports; need not be unique
   */
  protected Entity(Experiment experiment, String name) {
    this.experiment = experiment;
    this.name = name;
    this.number = experiment.enter(this);
  }

  /**
   * Reacts to an event, at the time it was scheduled for. Must not wait: whatever takes time is an
   * event scheduled for its end.
   *
   * @param event kind of event, one of the constants of the subclass
   * @param payload what the sender attached: a token, an index, a count
   */
  protected abstract void handle(int event, long payload);

  /** The name given at creation. */
  public final String name() {
    return name;
  }

  /** The experiment this entity lives in. */
  public final Experiment experiment() {
    return experiment;
  }

  /** Position in the order of creation, from 1. */
  final int number() {
    return number;
  }

  /** The present, in cycles. */
  protected final long now() {
    return experiment.now();
  }

  /**
   * Schedules an event for this entity at priority 0.
   *
   * @param delay cycles from now, not negative
   * @throws IllegalArgumentException if the delay is negative or ends after {@link Long#MAX_VALUE}
   */
  protected final void schedule(long delay, int event, long payload) {
    experiment.insert(this, experiment.timeAfter(delay), 0, event, payload);
  }

  /**
   * Schedules an event for this entity.
   *
   * @param delay cycles from now, not negative
   * @param priority lower numbers come first within a tick
   * @throws IllegalArgumentException if the delay is negative or ends after {@link Long#MAX_VALUE}
   */
  protected final void schedule(long delay, int priority, int event, long payload) {
    experiment.insert(this, experiment.timeAfter(delay), priority, event, payload);
  }

  /**
   * Schedules an event for this entity at a given time.
   *
   * @param time cycle, not before now
   * @param priority lower numbers come first within a tick
   * @throws IllegalArgumentException if the time is past
   */
  protected final void scheduleAt(long time, int priority, int event, long payload) {
    experiment.insert(this, experiment.notPast(time), priority, event, payload);
  }

  @Override
  public final String toString() {
    return name;
  }
}
