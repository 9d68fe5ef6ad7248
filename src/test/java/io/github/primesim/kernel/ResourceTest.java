package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import org.junit.jupiter.api.Test;

/** Who gets a unit when, and what did waiting for it cost? */
class ResourceTest {
  private static final int SERVED = 1;
  private static final int GRANTED = 2;

  private final Experiment experiment = new Experiment("resource", new Clock(1));
  private final Recorder client = new Recorder(experiment, "client");

  @Test
  void oneUnitServesOneAfterTheOther() {
    Resource port = new Resource(experiment, "port", 1);
    for (int i = 0; i < 4; i++) {
      port.serve(client, 10, 0, SERVED, i);
    }
    experiment.run();
    assertThat(client.seen).containsExactly("10:1/0", "20:1/1", "30:1/2", "40:1/3");
    assertThat(port.busyCycles()).isEqualTo(40);
    assertThat(port.waitingCycles()).isEqualTo(10 + 20 + 30);
    assertThat(port.maxQueueLength()).isEqualTo(3);
    assertThat(port.grants()).isEqualTo(4);
    assertThat(port.waits().sum()).isEqualTo(60);
    assertThat(port.waits().max()).isEqualTo(30);
    assertThat(port.unitsInUse()).isZero();
  }

  @Test
  void twiceTheUnitsHalveTheTimeAndTheStallFalls() {
    Resource amplifiers = new Resource(experiment, "amplifiers", 2);
    for (int i = 0; i < 4; i++) {
      amplifiers.serve(client, 10, 0, SERVED, i);
    }
    assertThat(amplifiers.units()).isEqualTo(2);
    assertThat(amplifiers.unitsInUse()).isEqualTo(2);
    assertThat(amplifiers.queueLength()).isEqualTo(2);
    experiment.run();
    assertThat(client.seen).containsExactly("10:1/0", "10:1/1", "20:1/2", "20:1/3");
    assertThat(amplifiers.busyCycles()).isEqualTo(40);
    assertThat(amplifiers.waitingCycles()).isEqualTo(20);
  }

  @Test
  void aUnitIsNotFreeACycleTooEarlyNorTooLate() {
    Resource port = new Resource(experiment, "port", 1);
    port.serve(client, 10, 0, SERVED, 0);
    experiment.runUntil(9);
    assertThat(port.unitsInUse()).isEqualTo(1);
    port.serve(client, 1, 0, SERVED, 1);
    assertThat(port.queueLength()).isEqualTo(1);
    experiment.runUntil(10);
    assertThat(port.unitsInUse()).isEqualTo(1);
    assertThat(port.queueLength()).isZero();
    experiment.runUntil(11);
    assertThat(port.unitsInUse()).isZero();
    port.serve(client, 1, 0, SERVED, 2);
    experiment.run();
    assertThat(client.seen).containsExactly("10:1/0", "11:1/1", "12:1/2");
    assertThat(port.waitingCycles()).isEqualTo(1);
    assertThat(port.maxQueueLength()).isEqualTo(1);
  }

  @Test
  void aSeizedUnitIsHeldUntilItIsReleased() {
    Resource bus = new Resource(experiment, "bus", 1);
    Recorder owner = new Recorder(experiment, "owner");
    bus.seize(owner, 0, GRANTED, 1);
    bus.seize(owner, 0, GRANTED, 2);
    bus.serve(client, 5, 0, SERVED, 3);
    experiment.runUntil(100);
    assertThat(owner.seen).containsExactly("0:2/1");
    bus.release();
    experiment.runUntil(107);
    assertThat(owner.seen).containsExactly("0:2/1", "100:2/2");
    bus.release();
    experiment.run();
    assertThat(client.seen).containsExactly("112:1/3");
    assertThat(bus.busyCycles()).isEqualTo(112);
    assertThat(bus.waitingCycles()).isEqualTo(100 + 107);
  }

  @Test
  void nobodyOvertakesTheLine() {
    Resource port = new Resource(experiment, "port", 1);
    Entity greedy =
        new Entity(experiment, "greedy") {
          @Override
          protected void handle(int event, long payload) {
            client.handle(event, payload);
            if (payload < 2) {
              // Asks again in the very instant its unit became free, ahead of nobody.
              port.serve(this, 10, -100, SERVED, payload + 1);
            }
          }
        };
    port.serve(greedy, 10, 0, SERVED, 0);
    port.serve(client, 10, 0, SERVED, 50);
    experiment.run();
    assertThat(client.seen).containsExactly("10:1/0", "20:1/50", "30:1/1", "40:1/2");
  }

  @Test
  void requestsOfTheSameCycleWaitInTheOrderOfTheirPriorities() {
    Resource port = new Resource(experiment, "port", 1);
    port.serve(client, 3, 9, SERVED, 0);
    port.serve(client, 3, 2, SERVED, 1);
    port.serve(client, 3, 1, SERVED, 2);
    port.serve(client, 3, 2, SERVED, 3);
    experiment.run();
    assertThat(client.seen).containsExactly("3:1/0", "6:1/2", "9:1/1", "12:1/3");
  }

  @Test
  void serviceWithoutTimeStillPassesThroughTheLine() {
    Resource port = new Resource(experiment, "port", 1);
    port.serve(client, 0, 0, SERVED, 0);
    port.serve(client, 0, 0, SERVED, 1);
    experiment.run();
    assertThat(client.seen).containsExactly("0:1/0", "0:1/1");
    assertThat(port.busyCycles()).isZero();
    assertThat(port.maxQueueLength()).isEqualTo(1);
  }

  @Test
  void manyRequestsKeepTheirClientsAndPayloads() {
    Resource port = new Resource(experiment, "port", 3);
    for (int i = 0; i < 1_000; i++) {
      port.serve(client, 3, 0, SERVED, i);
    }
    experiment.run();
    assertThat(client.seen).hasSize(1_000).first().isEqualTo("3:1/0");
    assertThat(client.seen).last().isEqualTo("1002:1/999");
    assertThat(port.busyCycles()).isEqualTo(3_000);
  }

  @Test
  void misuseIsRefused() {
    Resource port = new Resource(experiment, "port", 1);
    assertThatThrownBy(() -> new Resource(experiment, "none", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("none needs at least one unit, was 0");
    assertThatThrownBy(() -> port.serve(client, -1, 0, SERVED, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port");
    assertThatThrownBy(port::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("port is released more often than it was seized");
    port.serve(client, 10, 0, SERVED, 0);
    // A unit in service is not the client's to give back.
    assertThatThrownBy(port::release).isInstanceOf(IllegalStateException.class);
    Recorder stranger = new Recorder(new Experiment("other", new Clock(1)), "stranger");
    assertThatThrownBy(() -> port.seize(stranger, 0, GRANTED, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stranger");
  }

  @Test
  void aServiceThatWouldOutlastTimeIsRefusedBeforeItTakesAUnit() {
    Resource port = new Resource(experiment, "port", 1);
    experiment.runUntil(10);
    assertThatThrownBy(() -> port.serve(client, Long.MAX_VALUE, 0, SERVED, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(port.unitsInUse()).isZero();
    port.serve(client, 5, 0, SERVED, 1);
    experiment.run();
    assertThat(client.seen).containsExactly("15:1/1");
  }
}
