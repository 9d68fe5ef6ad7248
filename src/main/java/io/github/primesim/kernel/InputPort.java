package io.github.primesim.kernel;

/** Where an entity receives what others send: what arrives becomes one kind of its events. */
public final class InputPort {
  private final Entity owner;
  private final int event;

  /**
   * A port that nobody sends to yet.
   *
   * @param owner whose {@link Entity#handle} is called
   * @param event with which kind of event
   */
  public InputPort(Entity owner, int event) {
    this.owner = owner;
    this.event = event;
  }

  /** The receiving entity. */
  public Entity owner() {
    return owner;
  }

  /** The kind of event that arrives there. */
  public int event() {
    return event;
  }
}
