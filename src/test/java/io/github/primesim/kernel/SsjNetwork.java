package io.github.primesim.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/**
 * A random network on SSJ, with stations written the plain way: a sorted list of waiting requests.
 *
 * <p>SSJ's time is a {@code double}; the networks stay far below 2^53 cycles, where it is exact.
 */
final class SsjNetwork extends RandomNetwork {
  private final Simulator simulator = new Simulator();
  private final Station[] queues;

  /** A request for a unit; a negative service time means that it is released by an event. */
  private record Request(long arrival, int priority, long serviceTime, long token) {}

  private static final class Station {
    final List<Request> waiting = new ArrayList<>();
    int inUse;
    long busy;
    long waited;
    int longestLine;
    Event timer;
  }

  private Event plan(long delay, int priority, Runnable actions) {
    Event event =
        new Event(simulator) {
          @Override
          public void actions() {
            actions.run();
          }
        };
    event.setPriority(priority);
    event.schedule((double) delay);
    return event;
  }

  SsjNetwork(long seed, Coverage coverage) {
    super(seed, coverage);
    queues = new Station[stations];
    for (int s = 0; s < stations; s++) {
      queues[s] = new Station();
    }
  }

  void run() {
    arriveFirst();
    simulator.start();
  }

  @Override
  long now() {
    return (long) simulator.time();
  }

  @Override
  void post(int station, long delay, int priority, int event, long token) {
    plan(delay, priority, () -> act(station, event, token));
  }

  @Override
  void serve(int station, long serviceTime, int priority, long token) {
    request(station, new Request(now(), priority, serviceTime, token));
  }

  @Override
  void seize(int station, int priority, long token) {
    request(station, new Request(now(), priority, -1, token));
  }

  private void request(int station, Request request) {
    Station queue = queues[station];
    if (queue.inUse < units(station)) {
      queue.inUse++;
      grant(station, request);
      return;
    }
    queue.waiting.add(request);
    // A stable sort: among equals the first to come stays first.
    queue.waiting.sort(
        Comparator.comparingLong(Request::arrival).thenComparingInt(Request::priority));
    queue.longestLine = Math.max(queue.longestLine, queue.waiting.size());
  }

  private void grant(int station, Request request) {
    queues[station].waited += now() - request.arrival;
    queues[station].busy -= now();
    if (request.serviceTime < 0) {
      post(station, 0, request.priority, GRANTED, request.token);
      return;
    }
    plan(
        request.serviceTime,
        request.priority,
        () -> {
          release(station);
          act(station, SERVED, request.token);
        });
  }

  @Override
  void release(int station) {
    Station queue = queues[station];
    queue.busy += now();
    if (queue.waiting.isEmpty()) {
      queue.inUse--;
    } else {
      grant(station, queue.waiting.remove(0));
    }
  }

  @Override
  boolean timerIsSet(int station) {
    return queues[station].timer != null;
  }

  @Override
  void setTimer(int station, long delay, int priority, long token) {
    queues[station].timer =
        plan(
            delay,
            priority,
            () -> {
              queues[station].timer = null;
              act(station, TIMES_OUT, token);
            });
  }

  @Override
  boolean cancelTimer(int station) {
    boolean cancelled = queues[station].timer.cancel();
    queues[station].timer = null;
    return cancelled;
  }

  @Override
  long[] statistics() {
    long[] statistics = new long[3 * stations];
    for (int s = 0; s < stations; s++) {
      statistics[3 * s] = queues[s].busy;
      statistics[3 * s + 1] = queues[s].waited;
      statistics[3 * s + 2] = queues[s].longestLine;
    }
    return statistics;
  }
}
