package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How many tasks run at once. Tasks must not share state; results come in the order of the tasks,
 * so their number does not show.
 */
record Threads(int count) {

  /** The results of tasks 0 to {@code tasks - 1}, in that order. */
  <T> List<T> each(int tasks, IntFunction<T> task) {
    if (count == 1 || tasks < 2) {
      List<T> results = new ArrayList<>(tasks);
      for (int i = 0; i < tasks; i++) {
        results.add(task.apply(i));
      }
      return results;
    }
    ForkJoinPool pool = new ForkJoinPool(count);
    try {
      // A parallel stream started by a worker of a pool stays in that pool.
      return pool.submit(() -> IntStream.range(0, tasks).parallel().mapToObj(task).toList()).join();
    } finally {
      pool.shutdown();
    }
  }
}
