package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgendaTest {
  private static final int NUMBERS = 5000;

  /** Pending events as a plain sorted map: the lowest time first, then the lowest number. */
  private static final class Reference {
    private final TreeMap<Long, TreeMap<Integer, Boolean>> pending = new TreeMap<>();

    void schedule(int number, long time) {
      pending.computeIfAbsent(time, t -> new TreeMap<>()).put(number, true);
    }

    long time() {
      return pending.firstKey();
    }

    int poll() {
      var first = pending.firstEntry();
      int number = first.getValue().pollFirstEntry().getKey();
      if (first.getValue().isEmpty()) {
        pending.remove(first.getKey());
      }
      return number;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 40, 5_000, 20_000_000, 1L << 40, Long.MAX_VALUE / 64})
  void yieldsTheOrderOfTimeAndNumber(long longestDelay) {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Agenda agenda = new Agenda(NUMBERS);
      Reference reference = new Reference();
      List<Integer> idle = new ArrayList<>();
      for (int number = 0; number < NUMBERS; number++) {
        idle.add(number);
      }
      int steps = 0;
      while (steps < 3000 && agenda.now() <= Long.MAX_VALUE / 2) {
        steps++;
        for (int more = random.nextInt(4); more > 0 && !idle.isEmpty(); more--) {
          int number = idle.remove(random.nextInt(idle.size()));
          long delay = random.nextInt(4) == 0 ? 0 : random.nextLong(longestDelay);
          agenda.schedule(number, agenda.now() + delay);
          reference.schedule(number, agenda.now() + delay);
        }
        if (agenda.pending() == 0) {
          continue;
        }
        int polled = agenda.poll(Long.MAX_VALUE);
        assertThat(agenda.now()).as("seed %d", seed).isEqualTo(reference.time());
        assertThat(polled).as("seed %d", seed).isEqualTo(reference.poll());
        idle.add(polled);
      }
      while (agenda.pending() > 0) {
        assertThat(agenda.poll(Long.MAX_VALUE)).as("seed %d", seed).isEqualTo(reference.poll());
      }
      assertThat(reference.pending).isEmpty();
      assertThat(agenda.poll(Long.MAX_VALUE)).isEqualTo(Agenda.NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 15, 16, 17, 200, 3000})
  void putsTheEventsOfATickInOrderHoweverTheyWereScheduled(int ofEachTick) {
    // So many numbers that each level of the bits has several words.
    int numbers = 600_000;
    for (long seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Agenda agenda = new Agenda(numbers);
      Reference reference = new Reference();
      BitSet pending = new BitSet();
      for (int i = 0; i < 5 * ofEachTick; i++) {
        int number = random.nextInt(numbers);
        if (!pending.get(number)) {
          pending.set(number);
          agenda.schedule(number, 1 + i % 5);
          reference.schedule(number, 1 + i % 5);
        }
      }
      assertThat(agenda.pending()).isEqualTo(pending.cardinality());
      while (!pending.isEmpty()) {
        int polled = agenda.poll(Long.MAX_VALUE);
        assertThat(agenda.now()).as("seed %d", seed).isEqualTo(reference.time());
        assertThat(polled).as("seed %d", seed).isEqualTo(reference.poll());
        pending.clear(polled);
        int more = random.nextInt(numbers);
        if (random.nextInt(3) == 0 && !pending.get(more)) {
          // In the tick that has begun already.
          pending.set(more);
          agenda.schedule(more, agenda.now());
          reference.schedule(more, agenda.now());
        }
      }
      assertThat(reference.pending).isEmpty();
    }
  }

  @Test
  void stopsAtTheLimitAndGoesOnFromThere() {
    for (long limit : new long[] {1, 63, 4095, 4096, 5000, 1L << 24, (1L << 24) + 5, 1L << 36}) {
      for (long later : new long[] {1, 64, 4096, 1L << 25}) {
        Agenda agenda = new Agenda(3);
        agenda.schedule(1, limit + later);
        agenda.schedule(0, limit + later);
        assertThat(agenda.poll(limit)).isEqualTo(Agenda.NONE);
        agenda.moveTo(limit);
        agenda.schedule(2, limit + later - 1);
        assertThat(agenda.poll(limit + later)).isEqualTo(2);
        assertThat(agenda.poll(limit + later)).isZero();
        assertThat(agenda.now()).isEqualTo(limit + later);
        assertThat(agenda.poll(limit + later)).isEqualTo(1);
      }
    }
  }

  @Test
  void forgetsWhatIsCalledOff() {
    Agenda agenda = new Agenda(4);
    agenda.schedule(0, 0);
    agenda.schedule(1, 7);
    agenda.schedule(2, 1L << 20);
    agenda.schedule(3, 1L << 50);
    agenda.clear();
    assertThat(agenda.poll(Long.MAX_VALUE)).isEqualTo(Agenda.NONE);
    agenda.schedule(1, 8);
    assertThat(agenda.poll(Long.MAX_VALUE)).isEqualTo(1);
    assertThat(agenda.now()).isEqualTo(8);
    assertThat(agenda.pending()).isZero();
  }

  /** Counts down from the number of its event. */
  private static final class Countdown extends NumberedEntity {
    private final List<String> log = new ArrayList<>();

    Countdown(Experiment experiment, int numbers) {
      super(experiment, "countdown", numbers);
    }

    void begin(long time, int number) {
      scheduleAt(time, number);
    }

    @Override
    protected void handle(int number, long payload) {
      log.add(now() + ":" + number);
      if (number > 0) {
        scheduleAt(now() + (number == 2 ? 0 : 10), number - 1);
      }
    }
  }

  @Test
  void experimentExecutesNumberedEvents() {
    Experiment experiment = new Experiment("numbered", new Clock(1));
    Countdown countdown = new Countdown(experiment, 4);
    countdown.begin(5, 3);
    experiment.runUntil(14);
    assertThat(experiment.now()).isEqualTo(14);
    assertThat(experiment.pendingEvents()).isEqualTo(1);
    experiment.run();
    assertThat(countdown.log).containsExactly("5:3", "15:2", "15:1", "25:0");
    assertThat(experiment.executedEvents()).isEqualTo(4);
    assertThat(experiment.pendingEvents()).isZero();
    assertThatThrownBy(() -> countdown.begin(24, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is past");
  }

  @Test
  void anEntityThatNumbersItsEventsIsAlone() {
    Experiment experiment = new Experiment("alone", new Clock(1));
    Countdown countdown = new Countdown(experiment, 1);
    assertThatThrownBy(() -> new Recorder(experiment, "second"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to itself");
    assertThatThrownBy(() -> experiment.scheduleAt(countdown, 1, 0, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("numbered events only");
    Experiment shared = new Experiment("shared", new Clock(1));
    assertThat(new Recorder(shared, "first").name()).isEqualTo("first");
    assertThatThrownBy(() -> new Countdown(shared, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the only one");
  }
}
