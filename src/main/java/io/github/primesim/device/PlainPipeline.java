package io.github.primesim.device;

import java.util.Arrays;

/**
 * A pipeline in which nothing queues: how long it takes and how long its stations wait for places
 * follows from the durations of the stations alone, whenever it runs.
 *
 * <p>It is worked out iteration by iteration. Once the times of an iteration, relative to its end,
 * are those of an earlier one, all that follows is a repetition, of which whole periods are added
 * at once.
 */
final class PlainPipeline {
  private final int stations;
  private final long times;
  private final long[] cycles;
  private final int[] places;

  /** Ends of the last iterations, station by station. */
  private final int kept;

  private final long[] ends;
  private final long[] tookAt;
  private final long[] waited;

  /** {@link #ends} and {@link #tookAt} after an earlier iteration, relative to its end. */
  private final long[] earlier;

  private final long[] earlierWaited;
  private long earlierIteration;
  private long earlierEnd;

  /**
   * @param times iterations
   * @param cycles by station
   * @param places by station, between it and the next one; 0 if a result stays in its station until
   *     the next one takes it
   * @param folded whether periods are added at once, or each iteration is worked out
   */
  PlainPipeline(long times, long[] cycles, int[] places, boolean folded) {
    this.stations = cycles.length;
    this.times = times;
    this.cycles = cycles.clone();
    this.places = places.clone();
    int most = Arrays.stream(places).max().orElse(0);
    kept = Integer.highestOneBit(Math.max(1, most)) << 1;
    ends = new long[stations * kept];
    tookAt = new long[stations];
    waited = new long[stations];
    earlier = new long[ends.length + stations];
    earlierWaited = new long[stations];
    run(folded);
  }

  /** From the begin of the first iteration to the end of the last one. */
  long duration() {
    return end(stations - 1, times - 1);
  }

  /** Cycles a station has waited for a place behind it, over all iterations. */
  long waited(int station) {
    return waited[station];
  }

  private void run(boolean folded) {
    long workedOut = 0;
    long nextRemembered = 0;
    boolean searching = folded;
    for (long iteration = 0; iteration < times; iteration++) {
      pass(iteration);
      workedOut++;
      if (searching && iteration >= kept) {
        if (nextRemembered > 0 && recurs(iteration)) {
          iteration = skip(iteration);
          searching = false;
        } else if (workedOut >= nextRemembered) {
          // Twice as far apart each time, so that a period of any length is found.
          nextRemembered = 2 * workedOut;
          remember(iteration);
        }
      }
    }
  }

  private void pass(long iteration) {
    for (int s = 0; s < stations; s++) {
      long time = iteration == 0 ? 0 : end(s, iteration - 1);
      if (s > 0) {
        time = Math.max(time, end(s - 1, iteration));
      }
      if (s < stations - 1) {
        if (places[s] == 0) {
          // Until the next station takes the result before.
          time = Math.max(time, tookAt[s + 1]);
        } else if (iteration >= places[s]) {
          long free = end(s + 1, iteration - places[s]);
          if (free > time) {
            waited[s] += free - time;
            time = free;
          }
        }
      }
      tookAt[s] = time;
      ends[s * kept + slot(iteration)] = time + cycles[s];
    }
  }

  private long end(int station, long iteration) {
    return ends[station * kept + slot(iteration)];
  }

  private int slot(long iteration) {
    return (int) iteration & (kept - 1);
  }

  private void remember(long iteration) {
    earlierIteration = iteration;
    earlierEnd = end(stations - 1, iteration);
    for (int i = 0; i < earlier.length; i++) {
      earlier[i] = relative(i, iteration);
    }
    System.arraycopy(waited, 0, earlierWaited, 0, stations);
  }

  private boolean recurs(long iteration) {
    for (int i = 0; i < earlier.length; i++) {
      if (earlier[i] != relative(i, iteration)) {
        return false;
      }
    }
    return true;
  }

  /** The time in place {@code i} of the state after an iteration, before its end. */
  private long relative(int i, long iteration) {
    long end = end(stations - 1, iteration);
    return i < ends.length
        ? end - end(i / kept, iteration - i % kept)
        : end - tookAt[i - ends.length];
  }

  /** Goes on by whole periods and returns the last iteration that is over then. */
  private long skip(long iteration) {
    long period = iteration - earlierIteration;
    // A multiple of the slots, so that what is kept stays where it is.
    long periods = (times - 1 - iteration) / period / kept * kept;
    long shift = periods * (end(stations - 1, iteration) - earlierEnd);
    for (int i = 0; i < ends.length; i++) {
      ends[i] += shift;
    }
    for (int s = 0; s < stations; s++) {
      tookAt[s] += shift;
      waited[s] += periods * (waited[s] - earlierWaited[s]);
    }
    return iteration + periods * period;
  }
}
