package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order are events executed, and what does the clock say? */
class EventOrderTest {
  private final Experiment experiment = new Experiment("order", new Clock(1));
  private final Recorder recorder = new Recorder(experiment, "recorder");

  @Test
  void earlierTimesComeFirst() {
    experiment.scheduleAt(recorder, 30, 0, 1, 0);
    experiment.scheduleAt(recorder, 10, 9, 2, 0);
    experiment.scheduleAt(recorder, 20, -9, 3, 0);
    experiment.run();
    assertThat(recorder.seen).containsExactly("10:2/0", "20:3/0", "30:1/0");
    assertThat(experiment.now()).isEqualTo(30);
    assertThat(experiment.executedEvents()).isEqualTo(3);
    assertThat(experiment.pendingEvents()).isZero();
  }

  @Test
  void withinATickTheLowerPriorityNumberComesFirst() {
    int[] priorities = {5, Integer.MAX_VALUE, -3, 0, Integer.MIN_VALUE};
    for (int p = 0; p < priorities.length; p++) {
      experiment.scheduleAt(recorder, 7, priorities[p], p, 0);
    }
    experiment.run();
    assertThat(recorder.seen).containsExactly("7:4/0", "7:2/0", "7:3/0", "7:0/0", "7:1/0");
  }

  @Test
  void withinAPriorityTheFirstScheduledComesFirst() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      experiment.scheduleAt(recorder, 7, i % 3, i, 0);
    }
    for (int priority = 0; priority < 3; priority++) {
      for (int i = priority; i < 200; i += 3) {
        expected.add("7:" + i + "/0");
      }
    }
    experiment.run();
    assertThat(recorder.seen).isEqualTo(expected);
  }

  @Test
  void anEventWithoutDelayJoinsItsTickByPriority() {
    Entity sender =
        new Entity(experiment, "sender") {
          @Override
          protected void handle(int event, long payload) {
            recorder.handle(event, payload);
            experiment.schedule(recorder, 0, 4, 10, payload);
            experiment.schedule(recorder, 0, 2, 11, payload);
            experiment.schedule(recorder, 0, 0, 12, payload);
          }
        };
    experiment.scheduleAt(sender, 5, 1, 1, 0);
    experiment.scheduleAt(recorder, 5, 2, 2, 0);
    experiment.scheduleAt(recorder, 5, 3, 3, 0);
    experiment.scheduleAt(sender, 5, 3, 4, 1);
    experiment.scheduleAt(recorder, 6, 0, 5, 0);
    experiment.run();
    assertThat(recorder.seen)
        .containsExactly(
            "5:1/0", "5:12/0", "5:2/0", "5:11/0", "5:3/0", "5:4/1", "5:12/1", "5:11/1", "5:10/0",
            "5:10/1", "6:5/0");
  }

  @Test
  void eventsBeyondTheWheelKeepTheirOrderAmongThoseScheduledLater() {
    // Tick 5000 is out of reach at 0 and within reach at 1000: heap first, then directly.
    experiment.scheduleAt(recorder, 5000, 1, 1, 0);
    experiment.scheduleAt(recorder, 5000, 0, 2, 0);
    experiment.scheduleAt(recorder, 1000, 0, 3, 0);
    experiment.runUntil(1000);
    experiment.scheduleAt(recorder, 5000, 1, 4, 0);
    experiment.scheduleAt(recorder, 5000, 0, 5, 0);
    experiment.scheduleAt(recorder, 4999, 7, 6, 0);
    experiment.run();
    assertThat(recorder.seen)
        .containsExactly("1000:3/0", "4999:6/0", "5000:2/0", "5000:5/0", "5000:1/0", "5000:4/0");
  }

  @Test
  void timeReachesItsEndAndNotBeyond() {
    experiment.scheduleAt(recorder, Long.MAX_VALUE, 0, 1, 0);
    experiment.scheduleAt(recorder, Long.MAX_VALUE - 1, 0, 2, 0);
    experiment.scheduleAt(recorder, Long.MAX_VALUE - 4096, 0, 3, 0);
    experiment.scheduleAt(recorder, Long.MAX_VALUE - 4097, 0, 4, 0);
    experiment.scheduleAt(recorder, 3, 0, 5, 0);
    experiment.run();
    long end = Long.MAX_VALUE;
    assertThat(recorder.seen)
        .containsExactly(
            "3:5/0",
            (end - 4097) + ":4/0",
            (end - 4096) + ":3/0",
            (end - 1) + ":2/0",
            end + ":1/0");
    assertThatThrownBy(() -> experiment.schedule(recorder, 1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("end of time");
    experiment.schedule(recorder, 0, 0, 6, 0);
    experiment.run();
    assertThat(recorder.seen).last().isEqualTo(end + ":6/0");
  }

  @Test
  void theWheelsTurnManyTimes() {
    // Strides around the sizes of the wheels, of a block and of the bitmap words hit every wrap of
    // the search.
    for (long stride :
        new long[] {
          1,
          63,
          64,
          65,
          2047,
          2048,
          2049,
          4032,
          4095,
          4096,
          4097,
          8191,
          100_000,
          131_072,
          8_386_560,
          8_388_607,
          8_388_608,
          8_388_609,
          16_777_216,
          100_000_000
        }) {
      Experiment wheel = new Experiment("stride " + stride, new Clock(1));
      List<Long> times = new ArrayList<>();
      Entity ticker =
          new Entity(wheel, "ticker") {
            @Override
            protected void handle(int event, long payload) {
              times.add(now());
              if (payload > 0) {
                schedule(stride, event, payload - 1);
              }
            }
          };
      wheel.schedule(ticker, 0, 0, 0, 10_000);
      wheel.run();
      assertThat(times).as("stride %d", stride).hasSize(10_001).last().isEqualTo(10_000 * stride);
      assertThat(times).as("stride %d", stride).isSorted();
    }
  }

  /** However far away they were scheduled, events of a tick come in the order of scheduling. */
  @Test
  void theReachOfAWheelDoesNotShowInTheOrder() {
    for (long tick : new long[] {10_000, 10_000_000, 1L << 40}) {
      Experiment each = new Experiment("tick " + tick, new Clock(1));
      Recorder late = new Recorder(each, "late");
      long[] scheduledAt = {
        0, 1, tick - 9_000_000, tick - 8_388_608, tick - 4097, tick - 4096, tick - 2048, tick - 1
      };
      Entity scheduler =
          new Entity(each, "scheduler") {
            @Override
            protected void handle(int event, long payload) {
              scheduleFor(late, each, tick, payload);
            }
          };
      int expected = 0;
      for (int i = 0; i < scheduledAt.length; i++) {
        if (scheduledAt[i] >= 0) {
          each.scheduleAt(scheduler, scheduledAt[i], 0, 0, i);
          expected++;
        }
      }
      each.run();
      List<String> first = late.seen.subList(0, expected);
      assertThat(late.seen).hasSize(2 * expected);
      assertThat(first).allMatch(seen -> seen.startsWith(tick + ":1/")).isSorted();
      assertThat(late.seen.subList(expected, 2 * expected))
          .allMatch(seen -> seen.startsWith(tick + ":2/"))
          .isSorted();
    }
  }

  private static void scheduleFor(Recorder late, Experiment experiment, long tick, long payload) {
    experiment.scheduleAt(late, tick, 5, 2, payload);
    experiment.scheduleAt(late, tick, 3, 1, payload);
  }

  @Test
  void runUntilIncludesItsTickAndLeavesTheClockThere() {
    experiment.scheduleAt(recorder, 9, 0, 1, 0);
    experiment.scheduleAt(recorder, 10, 0, 2, 0);
    experiment.scheduleAt(recorder, 11, 0, 3, 0);
    experiment.scheduleAt(recorder, 9_000, 0, 4, 0);
    experiment.runUntil(10);
    assertThat(recorder.seen).containsExactly("9:1/0", "10:2/0");
    assertThat(experiment.now()).isEqualTo(10);
    assertThat(experiment.pendingEvents()).isEqualTo(2);
    experiment.runUntil(8_999);
    assertThat(experiment.now()).isEqualTo(8_999);
    experiment.schedule(recorder, 0, 0, 5, 0);
    experiment.schedule(recorder, 1, 0, 6, 0);
    experiment.run();
    assertThat(recorder.seen)
        .containsExactly("9:1/0", "10:2/0", "11:3/0", "8999:5/0", "9000:4/0", "9000:6/0");
  }

  @Test
  void stopEndsTheRunAfterThePresentEventAndRunContinues() {
    Entity stopper =
        new Entity(experiment, "stopper") {
          @Override
          protected void handle(int event, long payload) {
            experiment().stop();
          }
        };
    experiment.scheduleAt(recorder, 5, 3, 1, 0);
    experiment.scheduleAt(stopper, 5, 2, 0, 0);
    experiment.scheduleAt(recorder, 5, 1, 2, 0);
    experiment.runUntil(100);
    assertThat(recorder.seen).containsExactly("5:2/0");
    assertThat(experiment.now()).isEqualTo(5);
    experiment.schedule(recorder, 0, 2, 3, 0);
    experiment.run();
    assertThat(recorder.seen).containsExactly("5:2/0", "5:3/0", "5:1/0");
  }

  @Test
  void payloadAndKindArriveAsTheyWereGiven() {
    experiment.schedule(recorder, 1, -1, Integer.MIN_VALUE, Long.MIN_VALUE);
    experiment.schedule(recorder, 1, -1, -1, -1);
    experiment.schedule(recorder, 1, -1, Integer.MAX_VALUE, Long.MAX_VALUE);
    experiment.run();
    assertThat(recorder.seen)
        .containsExactly(
            "1:" + Integer.MIN_VALUE + "/" + Long.MIN_VALUE,
            "1:-1/-1",
            "1:" + Integer.MAX_VALUE + "/" + Long.MAX_VALUE);
  }

  @Test
  void whatCannotBeScheduledIsRefused() {
    experiment.runUntil(10);
    assertThatThrownBy(() -> experiment.scheduleAt(recorder, 9, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cycle 9 is past, now is cycle 10");
    assertThatThrownBy(() -> recorder.scheduleAt(-1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> recorder.schedule(-1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative, was -1 at cycle 10");
    assertThatThrownBy(() -> recorder.schedule(Long.MIN_VALUE, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> experiment.runUntil(9)).isInstanceOf(IllegalArgumentException.class);
    Experiment other = new Experiment("other", new Clock(1));
    assertThatThrownBy(() -> other.schedule(recorder, 1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recorder belongs to another experiment");
    assertThat(experiment.pendingEvents()).isZero();
  }

  @Test
  void aRunWithinARunIsRefusedAndAFaultLeavesTheRestPending() {
    Entity nested =
        new Entity(experiment, "nested") {
          @Override
          protected void handle(int event, long payload) {
            experiment().run();
          }
        };
    experiment.schedule(nested, 1, 0, 0, 0);
    experiment.schedule(recorder, 1, 0, 1, 0);
    assertThatThrownBy(experiment::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order is already running");
    experiment.run();
    assertThat(recorder.seen).containsExactly("1:1/0");
  }

  @Test
  void aModelBuildsItsEntitiesBeforeItSchedules() {
    Model model =
        new Model() {
          private Recorder own;

          @Override
          public void init(Experiment experiment) {
            own = new Recorder(experiment, "own");
          }

          @Override
          public void doInitialSchedules() {
            own.schedule(4, 1, 2);
          }
        };
    Experiment built = Experiment.of(model, "built", new Clock(0.5));
    built.run();
    assertThat(built.name()).isEqualTo("built");
    assertThat(built.clock()).isEqualTo(new Clock(0.5));
    assertThat(built.entities()).extracting(Entity::name).containsExactly("own");
    assertThat(((Recorder) built.entities().get(0)).seen).containsExactly("4:1/2");
  }
}
