package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void resultsComeInTheOrderOfTheTasks(int threads) {
    for (int tasks : new int[] {0, 1, 2, 7, 100}) {
      assertThat(new Threads(threads).each(tasks, task -> 3 * task))
          .isEqualTo(IntStream.range(0, tasks).mapToObj(task -> 3 * task).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void aWorkspaceIsNeverUsedByTwoTasksAtOnce(int threads) {
    List<Integer> seen =
        new Threads(threads)
            .each(
                500,
                AtomicInteger::new,
                (space, task) -> {
                  assertThat(space.getAndIncrement()).isZero();
                  for (int i = 0; i < 1000; i++) {
                    assertThat(space.get()).isOne();
                  }
                  space.decrementAndGet();
                  return task;
                });
    assertThat(seen).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void asManyTasksRunAtOnceAsThereAreThreadsAndTheCallerIsOneOfThem() {
    CyclicBarrier all = new CyclicBarrier(3);
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    // Each task waits until three of them run: with fewer threads that is for ever.
    new Threads(3)
        .each(
            9,
            task -> {
              used.add(Thread.currentThread());
              try {
                return all.await();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(used).hasSize(3).contains(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void theFailureOfATaskIsTheFailureOfAll(int failing) {
    IllegalArgumentException failure = new IllegalArgumentException("task " + failing);
    for (int threads : new int[] {1, 2, 4}) {
      assertThatThrownBy(
              () ->
                  new Threads(threads)
                      .each(
                          6,
                          task -> {
                            if (task == failing) {
                              throw failure;
                            }
                            return task;
                          }))
          .isSameAs(failure);
    }
  }

  @Test
  void whenATaskFailsNoFurtherOneBegins() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new Threads(2)
                    .each(
                        10_000,
                        task -> {
                          begun.incrementAndGet();
                          if (task == 0) {
                            throw new IllegalArgumentException("the first one fails");
                          }
                          LockSupport.parkNanos(1_000_000);
                          return task;
                        }))
        .hasMessage("the first one fails");
    // The task under way may end, and take some milliseconds for it.
    Thread.sleep(100);
    int soonAfter = begun.get();
    Thread.sleep(100);
    assertThat(begun.get()).isEqualTo(soonAfter).isLessThan(10_000);
  }
}
