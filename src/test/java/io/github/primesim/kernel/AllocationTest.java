package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.primesim.units.Clock;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Does a run in steady state leave the garbage collector alone? */
class AllocationTest {
  private static final long EVENTS = 1_000_000;

  /** One byte an event would already be 60 times this. */
  private static final long BOUND_BYTES = 16_384;

  private final Experiment experiment = new Experiment("allocation", new Clock(1));

  /** Sends to its neighbour, waits for a shared resource, sets and calls off a timeout. */
  private static final class Worker extends Entity {
    private static final int ARRIVES = 0;
    private static final int SERVED = 1;
    private static final int GRANTED = 2;
    private static final int RELEASES = 3;
    private static final int TIMES_OUT = 4;
    private static final int RECOVERS = 5;

    private final InputPort in = new InputPort(this, ARRIVES);
    private final OutputPort out = new OutputPort(this, "out");
    private final Event timeout = new Event(this, TIMES_OUT);
    private final Resource shared;
    private final Tally payloads = new Tally("payloads");

    Worker(Experiment experiment, String name, Resource shared) {
      super(experiment, name);
      this.shared = shared;
    }

    @Override
    protected void handle(int event, long payload) {
      payloads.update(payload & 0xFF);
      switch (event) {
        case ARRIVES -> {
          timeout.cancel();
          timeout.schedule(100 + payload % 6_000, 1, payload);
          if ((payload & 1) == 0) {
            shared.serve(this, payload % 7, (int) payload % 3, SERVED, payload);
          } else {
            shared.seize(this, (int) payload % 3, GRANTED, payload);
          }
        }
        case GRANTED -> schedule(payload % 5, -1, RELEASES, payload);
        case RELEASES -> {
          shared.release();
          forward(payload);
        }
        case SERVED -> forward(payload);
        case TIMES_OUT -> schedule(0, RECOVERS, payload);
        default -> {
          // Recovered; nothing follows.
        }
      }
    }

    private void forward(long payload) {
      // Every sixteenth delay is beyond the wheel.
      long next = (payload * 0x9E3779B9L + 12_345) & 0xFFFF_FFFFL;
      out.send(next % 16 == 0 ? 4_096 + next % 4_096 : next % 16, (int) next & 3, next);
    }
  }

  @Test
  void anEventAllocatesNothing() {
    Resource shared = new Resource(experiment, "shared", 3);
    Worker[] workers = new Worker[16];
    for (int w = 0; w < workers.length; w++) {
      workers[w] = new Worker(experiment, "worker " + w, shared);
    }
    for (int w = 0; w < workers.length; w++) {
      workers[w].out.connect(workers[(w + 1) % workers.length].in);
      experiment.schedule(workers[w], w, 0, Worker.ARRIVES, 1_000 + w);
      experiment.schedule(workers[w], w, 0, Worker.ARRIVES, 2_000 + w);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    runFor(EVENTS);
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    long executedBefore = experiment.executedEvents();
    runFor(EVENTS);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(experiment.executedEvents() - executedBefore).isGreaterThanOrEqualTo(EVENTS);
    assertThat(shared.maxQueueLength()).isPositive();
    assertThat(allocated).as("bytes for %d events", EVENTS).isLessThan(BOUND_BYTES);
  }

  private void runFor(long events) {
    long end = experiment.executedEvents() + events;
    while (experiment.executedEvents() < end && experiment.pendingEvents() > 0) {
      experiment.runUntil(experiment.now() + 1_000);
    }
  }
}
