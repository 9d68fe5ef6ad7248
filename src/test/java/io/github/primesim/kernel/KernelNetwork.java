package io.github.primesim.kernel;

import io.github.primesim.units.Clock;

/** A random network on the kernel under test. */
final class KernelNetwork extends RandomNetwork {
  private final Experiment experiment;
  private final Station[] entities;

  private final class Station extends Entity {
    private final int index;
    private final Resource resource;
    private final Event timer = new Event(this, TIMES_OUT);

    Station(int index) {
      super(experiment, "station " + index);
      this.index = index;
      resource = new Resource(experiment, "resource " + index, units(index));
    }

    @Override
    protected void handle(int event, long token) {
      act(index, event, token);
    }
  }

  KernelNetwork(long seed, Coverage coverage) {
    super(seed, coverage);
    experiment = new Experiment("network " + seed, new Clock(1));
    entities = new Station[stations];
    for (int s = 0; s < stations; s++) {
      entities[s] = new Station(s);
    }
  }

  /** Runs to the end, in strides of {@code stride} cycles as long as that is within reason. */
  void run(long stride) {
    arriveFirst();
    for (int step = 1; step <= 20; step++) {
      experiment.runUntil(stride * step);
    }
    experiment.run();
  }

  Experiment experiment() {
    return experiment;
  }

  @Override
  long now() {
    return experiment.now();
  }

  @Override
  void post(int station, long delay, int priority, int event, long token) {
    experiment.schedule(entities[station], delay, priority, event, token);
  }

  @Override
  void serve(int station, long serviceTime, int priority, long token) {
    entities[station].resource.serve(entities[station], serviceTime, priority, SERVED, token);
  }

  @Override
  void seize(int station, int priority, long token) {
    entities[station].resource.seize(entities[station], priority, GRANTED, token);
  }

  @Override
  void release(int station) {
    entities[station].resource.release();
  }

  @Override
  boolean timerIsSet(int station) {
    return entities[station].timer.isScheduled();
  }

  @Override
  void setTimer(int station, long delay, int priority, long token) {
    entities[station].timer.schedule(delay, priority, token);
  }

  @Override
  boolean cancelTimer(int station) {
    return entities[station].timer.cancel();
  }

  @Override
  long[] statistics() {
    long[] statistics = new long[3 * stations];
    for (int s = 0; s < stations; s++) {
      statistics[3 * s] = entities[s].resource.busyCycles();
      statistics[3 * s + 1] = entities[s].resource.waitingCycles();
      statistics[3 * s + 2] = entities[s].resource.maxQueueLength();
    }
    return statistics;
  }
}
