package io.github.primesim.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A small random queueing network, drawn from a seed and independent of the engine that runs it.
 *
 * <p>Tokens wander between stations. At a station a token is delayed, served, or holds a unit it
 * releases later; then it leaves, moves on or splits. Each station has a timer that arrivals set
 * and call off. All random numbers come from one stream in the order of the events, so two engines
 * that differ in the order of a single pair of events soon differ in everything.
 */
abstract class RandomNetwork {
  static final int ARRIVES = 0;
  static final int DELAYED = 1;
  static final int SERVED = 2;
  static final int GRANTED = 3;
  static final int RELEASES = 4;
  static final int TIMES_OUT = 5;

  private static final int EVENTS = 250;

  /** How often the situations that make ordering hard came up. */
  static final class Coverage {
    long events;
    long sameTime;
    long zeroDelays;
    long beyondWheel;
    long splits;
    long cancellations;
    long waits;
  }

  final int stations;
  private final SplittableRandom random;
  private final int[] units;
  private final long[] longestDelay;
  private final int priorities;
  private final Coverage coverage;
  private long[] trace = new long[4 * EVENTS];
  private int traced;
  private long nextToken;
  private long lastTime = -1;

  RandomNetwork(long seed, Coverage coverage) {
    random = new SplittableRandom(seed);
    this.coverage = coverage;
    stations = 1 + random.nextInt(6);
    units = new int[stations];
    longestDelay = new long[stations];
    for (int s = 0; s < stations; s++) {
      units[s] = 1 + random.nextInt(4);
      // Short delays make ties, those of about 4096 and of millions cross the reach of a wheel.
      longestDelay[s] =
          new long[] {0, 1, 3, 20, 300, 4_096, 5_000, 1_000_000, 9_000_000, 100_000_000}
              [random.nextInt(10)];
    }
    priorities = 1 + random.nextInt(3);
  }

  abstract long now();

  abstract void post(int station, long delay, int priority, int event, long token);

  abstract void serve(int station, long serviceTime, int priority, long token);

  abstract void seize(int station, int priority, long token);

  abstract void release(int station);

  abstract boolean timerIsSet(int station);

  abstract void setTimer(int station, long delay, int priority, long token);

  abstract boolean cancelTimer(int station);

  final int units(int station) {
    return units[station];
  }

  final void arriveFirst() {
    int tokens = 1 + random.nextInt(12);
    for (int t = 0; t < tokens; t++) {
      moveOn(random.nextInt(stations));
    }
  }

  /** The behaviour of every station. */
  final void act(int station, int event, long token) {
    record(station, event, token);
    switch (event) {
      case ARRIVES -> arrive(station, token);
      case GRANTED -> post(station, delay(station), priority(), RELEASES, token);
      case RELEASES -> {
        release(station);
        depart(station);
      }
      case DELAYED, SERVED -> depart(station);
      default -> {
        // A timeout has no further effect.
      }
    }
  }

  private void arrive(int station, long token) {
    if (timerIsSet(station)) {
      if (random.nextBoolean() && cancelTimer(station)) {
        coverage.cancellations++;
      }
    } else if (random.nextInt(3) == 0) {
      setTimer(station, delay(station), priority(), token);
    }
    switch (random.nextInt(3)) {
      case 0 -> post(station, delay(station), priority(), DELAYED, token);
      case 1 -> serve(station, delay(station), priority(), token);
      default -> seize(station, priority(), token);
    }
  }

  private void depart(int station) {
    if (traced >= trace.length / 2) {
      return;
    }
    int copies = random.nextInt(8) == 0 ? random.nextInt(4) : 1;
    if (copies > 1) {
      coverage.splits++;
    }
    for (int c = 0; c < copies; c++) {
      moveOn(station);
    }
  }

  private void moveOn(int from) {
    post(random.nextInt(stations), delay(from), priority(), ARRIVES, nextToken++);
  }

  private long delay(int station) {
    long delay =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> longestDelay[station];
          default -> random.nextLong(longestDelay[station] + 1);
        };
    if (delay == 0) {
      coverage.zeroDelays++;
    } else if (delay >= 4_096) {
      coverage.beyondWheel++;
    }
    return delay;
  }

  private int priority() {
    return random.nextInt(priorities) - 1;
  }

  private void record(int station, int event, long token) {
    if (traced + 4 > trace.length) {
      trace = Arrays.copyOf(trace, 2 * trace.length);
    }
    coverage.events++;
    if (now() == lastTime) {
      coverage.sameTime++;
    }
    lastTime = now();
    trace[traced++] = now();
    trace[traced++] = station;
    trace[traced++] = event;
    trace[traced++] = token;
  }

  /** Time, station, event and token of everything that happened. */
  final long[] trace() {
    return Arrays.copyOf(trace, traced);
  }

  /** Busy cycles, cycles waited and longest line of each station. */
  abstract long[] statistics();
}
