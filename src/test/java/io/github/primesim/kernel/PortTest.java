package io.github.primesim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.Clock;
import org.junit.jupiter.api.Test;

/** Does what is sent arrive at whoever is connected? */
class PortTest {
  private final Experiment experiment = new Experiment("ports", new Clock(1));
  private final Recorder sender = new Recorder(experiment, "sender");
  private final Recorder near = new Recorder(experiment, "near");
  private final Recorder far = new Recorder(experiment, "far");
  private final OutputPort out = new OutputPort(sender, "out");

  @Test
  void aBroadcastReachesAllReceiversAsTheirOwnKindOfEvent() {
    out.connect(new InputPort(near, 3));
    out.connect(new InputPort(far, 5));
    out.send(4, 42);
    out.send(4, -1, 43);
    experiment.run();
    assertThat(near.seen).containsExactly("4:3/43", "4:3/42");
    assertThat(far.seen).containsExactly("4:5/43", "4:5/42");
    assertThat(sender.seen).isEmpty();
  }

  @Test
  void receiversHearInTheOrderOfTheirConnection() {
    out.connect(new InputPort(far, 1));
    out.connect(new InputPort(far, 2));
    out.connect(new InputPort(far, 0));
    out.send(0, 9);
    experiment.run();
    assertThat(far.seen).containsExactly("0:1/9", "0:2/9", "0:0/9");
  }

  @Test
  void wrongConnectionsAreRefused() {
    assertThat(out.isConnected()).isFalse();
    assertThatThrownBy(() -> out.send(1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("sender.out is not connected");
    InputPort in = new InputPort(near, 0);
    out.connect(in);
    assertThat(out.isConnected()).isTrue();
    assertThatThrownBy(() -> out.connect(in))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("already connected to near");
    Experiment other = new Experiment("other", new Clock(1));
    assertThatThrownBy(() -> out.connect(new InputPort(new Recorder(other, "stranger"), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different experiments");
    assertThatThrownBy(() -> out.send(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(experiment.pendingEvents()).isZero();
  }
}
