package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Is it first come, first served, and is the waiting added up? */
class QueueTest {
  private final Experiment experiment = new Experiment("queue", new Clock(1));
  private final Queue queue = new Queue(experiment, "line");

  @Test
  void priorityCountsAmongThoseOfTheSameCycleOnly() {
    queue.insert(1, 5);
    queue.insert(2, 3);
    queue.insert(3, 5);
    experiment.runUntil(1);
    queue.insert(4, 0);
    queue.insert(5, -1);
    queue.insert(6);
    assertThat(drain()).containsExactly(2L, 1L, 3L, 5L, 4L, 6L);
  }

  @Test
  void waitingIsAddedUpToTheCycle() {
    queue.insert(1);
    queue.insert(2);
    experiment.runUntil(10);
    assertThat(queue.removeFirst()).isEqualTo(1);
    experiment.runUntil(15);
    queue.insert(3);
    experiment.runUntil(20);
    assertThat(queue.removeFirst()).isEqualTo(2);
    assertThat(queue.first()).isEqualTo(3);
    assertThat(queue.waits().observations()).isEqualTo(2);
    assertThat(queue.waits().sum()).isEqualTo(10 + 20);
    // The third one has waited five cycles so far.
    assertThat(queue.waitingCycles()).isEqualTo(10 + 20 + 5);
    assertThat(queue.maxLength()).isEqualTo(2);
    assertThat(queue.length()).isEqualTo(1);
  }

  @Test
  void itKeepsTheOrderThroughAnyNumberOfTurnsAndGrowths() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Experiment own = new Experiment("seed " + seed, new Clock(1));
      Queue line = new Queue(own, "line");
      List<long[]> expected = new ArrayList<>();
      long item = 0;
      for (int step = 0; step < 300; step++) {
        if (random.nextInt(5) < 3) {
          int priority = random.nextInt(3);
          line.insert(item, priority);
          expected.add(new long[] {own.now(), priority, item++});
          expected.sort(
              Comparator.<long[]>comparingLong(a -> a[0])
                  .thenComparingLong(a -> a[1])
                  .thenComparingLong(a -> a[2]));
        } else if (!line.isEmpty()) {
          assertThat(line.removeFirst()).as("seed %d", seed).isEqualTo(expected.remove(0)[2]);
        }
        if (random.nextInt(4) == 0) {
          own.runUntil(own.now() + 1);
        }
        assertThat(line.length()).as("seed %d", seed).isEqualTo(expected.size());
      }
    }
  }

  @Test
  void anEmptyLineHasNoFirst() {
    assertThatThrownBy(queue::first).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(queue::removeFirst).hasMessageContaining("line");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.maxLength()).isZero();
  }

  private List<Long> drain() {
    List<Long> items = new ArrayList<>();
    while (!queue.isEmpty()) {
      items.add(queue.removeFirst());
    }
    return items;
  }
}
