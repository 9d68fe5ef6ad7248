package io.github.primesim.experiment;

import io.github.primesim.lowering.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Several threads that work through a list; what they find is in the order of the list. */
public final class Workers {
  private Workers() {}

  /**
   * What {@code work} makes of each item.
   *
   * @throws RuntimeException what the first failed item threw; work that has not begun is dropped
   */
  public static <T, R> List<R> map(
      List<T> items, int threads, Progress progress, Function<T, R> work) {
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "worker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<Integer> done = new ExecutorCompletionService<>(executor);
      List<R> found = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        found.add(null);
      }
      for (int i = 0; i < items.size(); i++) {
        int index = i;
        done.submit(
            () -> {
              found.set(index, work.apply(items.get(index)));
              return index;
            });
      }
      for (int i = 0; i < items.size(); i++) {
        Future<Integer> next = done.take();
        progress.mapped(items.get(next.get()).toString(), i + 1, items.size());
      }
      return found;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a worker failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
