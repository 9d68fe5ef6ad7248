package io.github.primesim.kernel;

/**
 * An event of one entity that can be cancelled: a timeout, a refresh, a completion that may be
 * called off.
 *
 * <p>Events that are never cancelled need no object; see {@link Entity#schedule(long, int, long)}.
 * This one is created once with its entity and scheduled again and again, at most once at a time,
 * so it allocates nothing either. It ceases to be scheduled just before the entity handles it.
 *
 * <p>Cancelling is O(1): the event's record of 32 bytes is skipped when its time comes and only
 * then used again. A cancelled event is not executed, not counted and does not move the present.
 */
public final class Event {
  private final Entity entity;
  private final int kind;
  private int slot = EventList.NONE;
  private long sequence;
  private long time;

  /**
   * An event that is not scheduled yet.
   *
   * @param entity whose {@link Entity#handle} is called
   * @param kind number of the event there
   */
  public Event(Entity entity, int kind) {
    this.entity = entity;
    this.kind = kind;
  }

  /**
   * Schedules this event.
   *
   * @param delay cycles from now, not negative
   * @param priority lower numbers come first within a tick
   * @throws IllegalStateException if it is scheduled already
   * @throws IllegalArgumentException if the delay is negative or ends after {@link Long#MAX_VALUE}
   */
  public void schedule(long delay, int priority, long payload) {
    if (isScheduled()) {
      throw new IllegalStateException(
          "event " + kind + " of " + entity + " is already scheduled for cycle " + time);
    }
    Experiment experiment = entity.experiment();
    time = experiment.timeAfter(delay);
    slot = experiment.insert(entity, time, priority, kind, payload);
    sequence = experiment.sequence(slot);
  }

  /**
   * Takes this event out of the schedule.
   *
   * @return whether it was scheduled
   */
  public boolean cancel() {
    if (!isScheduled()) {
      return false;
    }
    entity.experiment().cancel(slot);
    slot = EventList.NONE;
    return true;
  }

  /** Whether this event is going to be handled. */
  public boolean isScheduled() {
    return slot != EventList.NONE && entity.experiment().sequence(slot) == sequence;
  }

  /**
   * The cycle this event is scheduled for.
   *
   * @throws IllegalStateException if it is not scheduled
   */
  public long time() {
    if (!isScheduled()) {
      throw new IllegalStateException("event " + kind + " of " + entity + " is not scheduled");
    }
    return time;
  }
}
