package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import org.junit.jupiter.api.Test;

/** Can an event be called off, at any distance, without a trace? */
class EventTest {
  private final Experiment experiment = new Experiment("cancel", new Clock(1));
  private final Recorder recorder = new Recorder(experiment, "recorder");
  private final Event event = new Event(recorder, 7);

  @Test
  void aCancelledEventIsNeitherHandledNorCountedAndDoesNotMoveTheClock() {
    for (long delay : new long[] {0, 1, 4_095, 4_096, 1_000_000_000_000L}) {
      event.schedule(delay, 0, 1);
      assertThat(event.isScheduled()).isTrue();
      assertThat(event.time()).isEqualTo(experiment.now() + delay);
      assertThat(experiment.pendingEvents()).isEqualTo(1);
      assertThat(event.cancel()).as("delay %d", delay).isTrue();
      assertThat(event.isScheduled()).isFalse();
      assertThat(event.cancel()).isFalse();
      assertThat(experiment.pendingEvents()).isZero();
    }
    experiment.run();
    assertThat(experiment.now()).isZero();
    assertThat(experiment.executedEvents()).isZero();
    assertThat(recorder.seen).isEmpty();
  }

  @Test
  void cancelledEventsAmongOthersLeaveTheirOrderAlone() {
    Event[] events = new Event[30];
    for (int i = 0; i < events.length; i++) {
      events[i] = new Event(recorder, i);
      // Times 2, 4_500 and 8_998, of which the latter two start in the overflow heap.
      events[i].schedule(2 + i % 3 * 4_498L, i % 2, i);
    }
    for (int i = 0; i < events.length; i++) {
      if (i % 5 != 0) {
        events[i].cancel();
      }
    }
    experiment.run();
    assertThat(recorder.seen)
        .containsExactly("2:0/0", "2:15/15", "4500:10/10", "4500:25/25", "8998:20/20", "8998:5/5");
  }

  @Test
  void theClockStopsAtTheLimitWhenOnlyCancelledEventsAreLeft() {
    event.schedule(100, 0, 1);
    event.cancel();
    experiment.runUntil(5_000);
    assertThat(experiment.now()).isEqualTo(5_000);
    // The bucket of tick 100 serves tick 8292 by now.
    experiment.schedule(recorder, 8_292 - 5_000, 0, 2, 0);
    experiment.schedule(recorder, 1, 0, 3, 0);
    experiment.run();
    assertThat(recorder.seen).containsExactly("5001:3/0", "8292:2/0");
  }

  @Test
  void anEventIsFreeAgainWhenItIsHandledEvenIfItsRecordServesAnother() {
    event.schedule(3, 0, 1);
    experiment.run();
    assertThat(event.isScheduled()).isFalse();
    experiment.schedule(recorder, 5, 0, 8, 2);
    assertThat(event.isScheduled()).isFalse();
    assertThat(event.cancel()).isFalse();
    event.schedule(6, 0, 3);
    experiment.run();
    assertThat(recorder.seen).containsExactly("3:7/1", "8:8/2", "9:7/3");
  }

  @Test
  void itCanScheduleItselfFromItsOwnHandler() {
    Event[] refresh = new Event[1];
    Entity entity =
        new Entity(experiment, "refresh") {
          @Override
          protected void handle(int kind, long payload) {
            recorder.handle(kind, payload);
            if (payload < 3) {
              refresh[0].schedule(10, 0, payload + 1);
            }
          }
        };
    refresh[0] = new Event(entity, 1);
    refresh[0].schedule(10, 0, 1);
    experiment.run();
    assertThat(recorder.seen).containsExactly("10:1/1", "20:1/2", "30:1/3");
  }

  @Test
  void misuseIsRefused() {
    event.schedule(3, 0, 1);
    assertThatThrownBy(() -> event.schedule(4, 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("event 7 of recorder is already scheduled for cycle 3");
    event.cancel();
    assertThatThrownBy(event::time).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> event.schedule(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(event.isScheduled()).isFalse();
  }
}
