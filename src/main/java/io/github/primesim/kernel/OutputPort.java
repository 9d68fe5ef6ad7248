package io.github.primesim.kernel;

import java.util.Arrays;

/**
 * Where an entity sends, without knowing who receives: the model connects it to the {@linkplain
 * InputPort input ports} of others.
 *
 * <p>A port with several receivers is a broadcast: each gets its own event, in the order in which
 * they were connected.
 */
public final class OutputPort {
  private final Entity owner;
  private final String name;
  private InputPort[] receivers = new InputPort[0];

  /**
   * A port that is not connected yet.
   *
   * @param name for messages
   */
  public OutputPort(Entity owner, String name) {
    this.owner = owner;
    this.name = name;
  }

  /**
   * Adds a receiver.
   *
   * @throws IllegalArgumentException if it belongs to another experiment or is connected already
   */
  public void connect(InputPort receiver) {
    if (receiver.owner().experiment() != owner.experiment()) {
      throw new IllegalArgumentException(
          this + " and " + receiver.owner() + " belong to different experiments");
    }
    for (InputPort connected : receivers) {
      if (connected == receiver) {
        throw new IllegalArgumentException(this + " is already connected to " + receiver.owner());
      }
    }
    receivers = Arrays.copyOf(receivers, receivers.length + 1);
    receivers[receivers.length - 1] = receiver;
  }

  /** Whether there is a receiver. */
  public boolean isConnected() {
    return receivers.length > 0;
  }

  /**
   * Sends {@code payload} at priority 0.
   *
   * @see #send(long, int, long)
   */
  public void send(long delay, long payload) {
    send(delay, 0, payload);
  }

  /**
   * Sends {@code payload} to every receiver.
   *
   * @param delay cycles until it arrives, not negative
   * @param priority lower numbers come first within a tick
   * @throws IllegalStateException if nobody is connected
   * @throws IllegalArgumentException if the delay is negative or ends after {@link Long#MAX_VALUE}
   */
  public void send(long delay, int priority, long payload) {
    if (receivers.length == 0) {
      throw new IllegalStateException(this + " is not connected");
    }
    Experiment experiment = owner.experiment();
    long time = experiment.timeAfter(delay);
    for (InputPort receiver : receivers) {
      experiment.insert(receiver.owner(), time, priority, receiver.event(), payload);
    }
  }

  @Override
  public String toString() {
    return owner + "." + name;
  }
}
