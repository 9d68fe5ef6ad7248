package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How many tasks run at once. Tasks must not share state; results come in the order of the tasks,
 * so their number does not show.
 */
record Threads(int count) {
  private static final int RUNS_PER_THREAD = 8;

  /**
   * The results of tasks 0 to {@code tasks - 1}, in that order. When one fails no further one is
   * begun.
   */
  <T> List<T> each(int tasks, IntFunction<T> task) {
    AtomicReferenceArray<T> results = new AtomicReferenceArray<>(tasks);
    AtomicInteger next = new AtomicInteger();
    together(
        Math.max(1, Math.min(count, tasks)),
        thread -> {
          try {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
              results.set(i, task.apply(i));
            }
          } catch (RuntimeException | Error e) {
            // Nobody wants the results any more: tasks that have not begun do not begin.
            next.set(tasks);
            throw e;
          }
        });
    return IntStream.range(0, tasks).mapToObj(results::get).toList();
  }

  /**
   * As {@link #each(int, IntFunction)}, with something that tasks work in one after the other, such
   * as arrays that need not be allocated for each. What a task leaves there must not matter to the
   * next one.
   */
  <S, T> List<T> each(int tasks, Supplier<S> workspace, BiFunction<S, Integer, T> task) {
    // Some runs for each thread, so that none waits long for the slowest.
    int runs = count == 1 ? Math.min(1, tasks) : Math.min(tasks, RUNS_PER_THREAD * count);
    List<T> results = new ArrayList<>(tasks);
    each(
            runs,
            run -> {
              S space = workspace.get();
              int first = (int) ((long) tasks * run / runs);
              int end = (int) ((long) tasks * (run + 1) / runs);
              List<T> part = new ArrayList<>(end - first);
              for (int i = first; i < end; i++) {
                part.add(task.apply(space, i));
              }
              return part;
            })
        .forEach(results::addAll);
    return results;
  }

  /**
   * Runs tasks that wait for each other: each in a thread of its own, the first in that of the
   * caller.
   */
  static void together(int tasks, IntConsumer task) {
    if (tasks == 1) {
      task.accept(0);
      return;
    }
    ExecutorService others = Executors.newFixedThreadPool(tasks - 1);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 1; i < tasks; i++) {
        int number = i;
        running.add(others.submit(() -> task.accept(number)));
      }
      task.accept(0);
      for (Future<?> other : running) {
        other.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while mapping", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException("a thread of the mapping failed", e.getCause());
    } finally {
      others.shutdown();
    }
  }
}
