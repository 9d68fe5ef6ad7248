package io.github.primesim.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Simulates points on all cores, one simulation a thread, and hands on each result as it comes. */
public final class SweepRunner {
  private final SweepPlan plan;
  private final PointSimulation simulation;
  private final int threads;

  /**
   * A runner.
   *
   * @param threads simulations under way at the same time
   */
  public SweepRunner(SweepPlan plan, PointSimulation simulation, int threads) {
    this.plan = plan;
    this.simulation = simulation;
    this.threads = threads;
  }

  /**
   * Simulates points and returns when all are done, or when one has failed and those under way have
   * ended.
   *
   * @param points their numbers, in the order in which they are begun
   * @param prepare makes of each result what is wanted of it; called by many threads
   * @param take gets each of these; called by one thread at a time. What it throws ends the sweep
   *     and is thrown here
   */
  public <T> void run(IntStream points, Function<PointResult, T> prepare, Consumer<T> take) {
    Work<T> work = new Work<>(points.iterator(), prepare, take);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(pool.submit(work));
    }
    // Those under way end with their points; no further ones begin.
    pool.shutdown();
    List<Throwable> failures = new ArrayList<>();
    try {
      // All of them, also after a failure: whoever hears of it must find nobody at work any more.
      for (Future<?> each : running) {
        try {
          each.get();
        } catch (ExecutionException e) {
          failures.add(e.getCause());
        }
      }
    } catch (InterruptedException e) {
      work.stop();
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted", e);
    }
    if (!failures.isEmpty()) {
      rethrow(failures.get(0));
    }
  }

  /** What every thread does. */
  private final class Work<T> implements Runnable {
    private final PrimitiveIterator.OfInt remaining;
    private final Function<PointResult, T> prepare;
    private final Consumer<T> take;
    private boolean stopped;

    Work(PrimitiveIterator.OfInt remaining, Function<PointResult, T> prepare, Consumer<T> take) {
      this.remaining = remaining;
      this.prepare = prepare;
      this.take = take;
    }

    @Override
    public void run() {
      try {
        for (int index = next(); index >= 0; index = next()) {
          put(prepare.apply(simulation.of(plan.point(index))));
        }
      } finally {
        stop();
      }
    }

    /** The next number, or -1 where there is none. */
    private synchronized int next() {
      return !stopped && remaining.hasNext() ? remaining.nextInt() : -1;
    }

    private synchronized void put(T prepared) {
      take.accept(prepared);
    }

    /** Whoever comes to the end, or fails, leaves nothing for others to begin. */
    synchronized void stop() {
      stopped = true;
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw new CompletionException(thrown);
  }
}
