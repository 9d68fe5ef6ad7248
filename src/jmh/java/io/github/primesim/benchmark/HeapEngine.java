package io.github.primesim.benchmark;

import java.util.PriorityQueue;

/** The event loop one writes first: a {@link PriorityQueue} of event objects, which are reused. */
final class HeapEngine {
  private final PriorityQueue<HeapEvent> pending = new PriorityQueue<>();
  private long now;
  private long nextSequence;
  private boolean stopped;

  long now() {
    return now;
  }

  void schedule(HeapEvent event, long delay) {
    event.time = now + delay;
    event.sequence = nextSequence++;
    pending.add(event);
  }

  void stop() {
    stopped = true;
  }

  void run() {
    stopped = false;
    while (!stopped) {
      HeapEvent event = pending.remove();
      now = event.time;
      event.act();
    }
  }
}
