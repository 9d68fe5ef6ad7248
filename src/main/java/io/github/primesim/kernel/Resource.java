package io.github.primesim.kernel;

import java.util.Arrays;

/**
 * Identical units that entities share and wait for in one line, such as the sense amplifiers of a
 * mat or a bus.
 *
 * <p>A request takes a free unit at once; otherwise it waits, first come, first served in the order
 * (arrival time, priority, sequence). There are two ways to hold a unit, and both may be mixed:
 *
 * <ul>
 *   <li>{@link #serve}: for a time known beforehand; the client gets one event, when it is over.
 *   <li>{@link #seize}: the client gets an event when the unit is its own, and gives it back with
 *       {@link #release}.
 * </ul>
 *
 * <p>A unit that becomes free goes to the first in line in the same instant, before the client
 * whose service ends hears of it: nobody overtakes the line.
 */
public final class Resource extends Entity {
  private static final int SERVICE_ENDS = 0;

  /** Service time of a request that holds its unit until it is released. */
  private static final long UNTIL_RELEASED = -1;

  private static final int NO_REQUEST = -1;

  private final int units;
  private final Queue line;
  private final Accumulate unitsInUse;
  private int seizedUnits;

  /** Requests waiting or in service, by number; free numbers are linked through {@link #links}. */
  private Entity[] clients = new Entity[8];

  private int[] priorities = new int[8];
  private int[] events = new int[8];
  private long[] payloads = new long[8];
  private long[] serviceTimes = new long[8];
  private int[] links = new int[8];
  private int requests;
  private int free = NO_REQUEST;

  /**
   * A resource whose units are all free.
   *
   * @param units how many requests can be served at once, positive
   */
  public Resource(Experiment experiment, String name, int units) {
    super(experiment, name);
    if (units < 1) {
      throw new IllegalArgumentException(name + " needs at least one unit, was " + units);
    }
    this.units = units;
    this.line = new Queue(experiment, name);
    this.unitsInUse = new Accumulate(experiment, name + " units in use", 0);
  }

  /**
   * Occupies a unit for {@code serviceTime} cycles as soon as one is free, then hands an event to
   * the client.
   *
   * @param client entity of the same experiment
   * @param serviceTime cycles, not negative
   * @param priority orders the request among those of the same cycle, and its end among the events
   *     of that cycle; lower numbers first
   * @param event kind of event the client gets when the service is over
   * @param payload handed to the client as it is
   * @throws IllegalArgumentException if the service time is negative or ends after {@link
   *     Long#MAX_VALUE}, or the client belongs to another experiment
   */
  public void serve(Entity client, long serviceTime, int priority, int event, long payload) {
    if (serviceTime < 0) {
      throw new IllegalArgumentException(
          "service time at " + name() + " must not be negative, was " + serviceTime);
    }
    // Refuses what would end after the end of time before a unit is taken for it.
    experiment().timeAfter(serviceTime);
    request(client, serviceTime, priority, event, payload);
  }

  /**
   * Takes a unit as soon as one is free and then hands an event to the client, in the same cycle;
   * the client holds the unit until {@link #release}.
   *
   * @param client entity of the same experiment
   * @param priority orders the request among those of the same cycle, and the event among the
   *     events of its cycle; lower numbers first
   * @param event kind of event the client gets when it holds the unit
   * @param payload handed to the client as it is
   */
  public void seize(Entity client, int priority, int event, long payload) {
    request(client, UNTIL_RELEASED, priority, event, payload);
  }

  /**
   * Gives back a unit taken with {@link #seize}; the first in line gets it in this instant.
   *
   * @throws IllegalStateException if no unit is held that way
   */
  public void release() {
    if (seizedUnits == 0) {
      throw new IllegalStateException(name() + " is released more often than it was seized");
    }
    seizedUnits--;
    giveBack();
  }

  private void request(Entity client, long serviceTime, int priority, int event, long payload) {
    if (client.experiment() != experiment()) {
      throw new IllegalArgumentException(client + " and " + this + " are in two experiments");
    }
    int request = newRequest();
    clients[request] = client;
    priorities[request] = priority;
    events[request] = event;
    payloads[request] = payload;
    serviceTimes[request] = serviceTime;
    if (unitsInUse.value() < units) {
      // With a free unit the line is empty, because units are given back to the line first.
      unitsInUse.add(1);
      line.pass();
      grant(request);
    } else {
      line.insert(request, priority);
    }
  }

  private void giveBack() {
    if (line.isEmpty()) {
      unitsInUse.add(-1);
    } else {
      grant((int) line.removeFirst());
    }
  }

  private void grant(int request) {
    if (serviceTimes[request] != UNTIL_RELEASED) {
      schedule(serviceTimes[request], priorities[request], SERVICE_ENDS, request);
      return;
    }
    seizedUnits++;
    experiment()
        .insert(clients[request], now(), priorities[request], events[request], payloads[request]);
    forget(request);
  }

  @Override
  protected void handle(int event, long request) {
    int ended = (int) request;
    Entity client = clients[ended];
    int clientEvent = events[ended];
    long payload = payloads[ended];
    forget(ended);
    giveBack();
    client.handle(clientEvent, payload);
  }

  private int newRequest() {
    int request = free;
    if (request != NO_REQUEST) {
      free = links[request];
      return request;
    }
    if (requests == clients.length) {
      int size = 2 * requests;
      clients = Arrays.copyOf(clients, size);
      priorities = Arrays.copyOf(priorities, size);
      events = Arrays.copyOf(events, size);
      payloads = Arrays.copyOf(payloads, size);
      serviceTimes = Arrays.copyOf(serviceTimes, size);
      links = Arrays.copyOf(links, size);
    }
    return requests++;
  }

  private void forget(int request) {
    links[request] = free;
    free = request;
  }

  /** Number of units, free or not. */
  public int units() {
    return units;
  }

  /** Number of units held at present. */
  public int unitsInUse() {
    return (int) unitsInUse.value();
  }

  /** Number of requests waiting at present. */
  public int queueLength() {
    return line.length();
  }

  /** The most requests that ever waited at once; one that takes a free unit does not wait. */
  public int maxQueueLength() {
    return line.maxLength();
  }

  /** Number of requests that have got a unit so far. */
  public long grants() {
    return line.waits().observations();
  }

  /** Cycles in use, summed over the units, until now. */
  public long busyCycles() {
    return unitsInUse.integral();
  }

  /** Cycles waited by all requests together until now, those that still wait included. */
  public long waitingCycles() {
    return line.waitingCycles();
  }

  /** Waiting time of each request that has got a unit, in cycles. */
  public Tally waits() {
    return line.waits();
  }
}
