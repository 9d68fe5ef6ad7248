package io.github.primesim.kernel;

import io.github.primesim.units.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One simulation run: a clock, the entities that live on it and their pending events.
 *
 * <p>Events are executed in the order (time, priority, sequence): earlier first; within a tick the
 * lower priority number first; within a priority the one scheduled first. Time is a number of
 * cycles of {@link #clock}, starts at 0 and ends at {@link Long#MAX_VALUE}. The same model gives
 * the same order of events each time.
 *
 * <p>An experiment belongs to one thread at a time and shares nothing with other experiments, so
 * that a sweep runs one on each thread. Executing an event allocates nothing; the event list grows
 * with the largest number of events that were pending at once and keeps that size.
 */
public final class Experiment {
  private final String name;
  private final Clock clock;
  private final EventList events = new EventList();

  /** Holds all events instead, if the only entity numbers them. */
  private Agenda agenda;

  /** By number, from 1: number 0 is the target of cancelled events. */
  private Entity[] entities = new Entity[16];

  private int entityCount;
  private long executed;
  private long cancelled;
  private boolean running;
  private boolean stopRequested;

  /**
   * An experiment at time 0 without entities.
   *
   * @param name what is simulated, for messages
   * @param clock what one tick is
   */
  public Experiment(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
  }

  /** Creates an experiment, lets {@code model} build its entities and schedule its first events. */
  public static Experiment of(Model model, String name, Clock clock) {
    Experiment experiment = new Experiment(name, clock);
    model.init(experiment);
    model.doInitialSchedules();
    return experiment;
  }

  /** What is simulated. */
  public String name() {
    return name;
  }

  /** What one tick is. */
  public Clock clock() {
    return clock;
  }

  /** The present, in cycles. */
  public long now() {
    return agenda == null ? events.now() : agenda.now();
  }

  /** The entities in the order of their creation. */
  public List<Entity> entities() {
    return Collections.unmodifiableList(
        new ArrayList<>(Arrays.asList(entities).subList(1, entityCount + 1)));
  }

  /** Number of events handed to entities so far; cancelled ones are not among them. */
  public long executedEvents() {
    return executed;
  }

  /** Number of events that are scheduled and neither executed nor cancelled. */
  public long pendingEvents() {
    return agenda == null ? events.scheduled() - executed - cancelled : agenda.pending();
  }

  /**
   * Schedules an event for any entity of this experiment.
   *
   * @param target whose {@link Entity#handle} is called
   * @param delay cycles from now; with 0 the event comes in this tick, after the events of the same
   *     priority that are already scheduled for it
   * @param priority lower numbers come first within a tick
   * @param event which kind of event, in the numbering of {@code target}
   * @param payload handed to {@code target} as it is
   * @throws IllegalArgumentException if the delay is negative, or ends after {@link
   *     Long#MAX_VALUE}, or the target belongs to another experiment
   */
  public void schedule(Entity target, long delay, int priority, int event, long payload) {
    checkOwn(target);
    insert(target, timeAfter(delay), priority, event, payload);
  }

  /**
   * Schedules an event for any entity of this experiment at a given time.
   *
   * @param time cycle, not before now
   * @throws IllegalArgumentException if the time is past or the target belongs to another
   *     experiment
   * @see #schedule
   */
  public void scheduleAt(Entity target, long time, int priority, int event, long payload) {
    checkOwn(target);
    insert(target, notPast(time), priority, event, payload);
  }

  /** Executes events until none is left or {@link #stop} is called. */
  public void run() {
    execute(Long.MAX_VALUE);
  }

  /**
   * Executes the events up to and including those at {@code time}; then it is {@code time}, unless
   * {@link #stop} was called.
   *
   * @param time cycle, not before now
   * @throws IllegalArgumentException if the time is past
   */
  public void runUntil(long time) {
    execute(notPast(time));
    if (stopRequested) {
      return;
    }
    if (agenda != null) {
      agenda.moveTo(time);
    } else {
      // What is still there up to this time was cancelled.
      for (int slot = events.poll(time); slot != EventList.NONE; slot = events.poll(time)) {
        events.release(slot);
      }
      events.moveTo(time);
    }
  }

  /**
   * Ends the run after the present event. What is pending stays pending, and the next call of
   * {@link #run} or {@link #runUntil} continues.
   */
  public void stop() {
    stopRequested = true;
  }

  private void execute(long limit) {
    if (running) {
      throw new IllegalStateException(name + " is already running: run() called from an event");
    }
    running = true;
    stopRequested = false;
    try {
      if (agenda != null) {
        executeNumbered(limit);
        return;
      }
      // Counting the pending events leaves cancelled ones behind the last live one untouched, so
      // they do not move the present.
      while (pendingEvents() > 0 && !stopRequested) {
        int slot = events.poll(limit);
        if (slot == EventList.NONE) {
          return;
        }
        int target = events.target(slot);
        int kind = events.kind(slot);
        long payload = events.payload(slot);
        events.release(slot);
        if (target != 0) {
          executed++;
          entities[target].handle(kind, payload);
        }
      }
    } finally {
      running = false;
    }
  }

  private void executeNumbered(long limit) {
    Entity sole = entities[1];
    while (!stopRequested) {
      int number = agenda.poll(limit);
      if (number == Agenda.NONE) {
        return;
      }
      executed++;
      sole.handle(number, 0);
    }
  }

  /** From now on all events are those of {@code numbered}, which belongs to the only entity. */
  void follow(Agenda numbered) {
    if (entityCount != 1) {
      throw new IllegalArgumentException(
          "an entity that numbers its events must be the only one of its experiment");
    }
    agenda = numbered;
  }

  /** Enters an entity and returns its number. */
  int enter(Entity entity) {
    if (agenda != null) {
      throw new IllegalArgumentException(
          entities[1].name() + " numbers its events and has its experiment to itself");
    }
    if (++entityCount == entities.length) {
      entities = Arrays.copyOf(entities, 2 * entities.length);
    }
    entities[entityCount] = entity;
    return entityCount;
  }

  /** Schedules without checks and returns the slot of the event. */
  int insert(Entity target, long time, int priority, int event, long payload) {
    if (agenda != null) {
      throw new IllegalStateException(target.name() + " has numbered events only");
    }
    return events.schedule(time, priority, target.number(), event, payload);
  }

  /** The sequence number of the event in a slot, which changes when the event is executed. */
  long sequence(int slot) {
    return events.sequence(slot);
  }

  /** Cancels a pending event. */
  void cancel(int slot) {
    events.cancel(slot);
    cancelled++;
  }

  long timeAfter(long delay) {
    long time = now() + delay;
    // The sum of two non-negative numbers is negative exactly when it does not fit.
    if ((delay | time) < 0) {
      throw new IllegalArgumentException(
          delay < 0
              ? "delay must not be negative, was " + delay + " at cycle " + now()
              : "delay " + delay + " at cycle " + now() + " goes beyond the end of time");
    }
    return time;
  }

  long notPast(long time) {
    if (time < now()) {
      throw new IllegalArgumentException("cycle " + time + " is past, now is cycle " + now());
    }
    return time;
  }

  private void checkOwn(Entity target) {
    if (target.experiment() != this) {
      throw new IllegalArgumentException(target.name() + " belongs to another experiment");
    }
  }
}
