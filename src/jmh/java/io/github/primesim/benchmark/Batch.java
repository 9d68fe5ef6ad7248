package io.github.primesim.benchmark;

/** Counts the events of one benchmark invocation. */
final class Batch {
  /** Events of an invocation: enough to make starting and stopping an engine invisible. */
  static final int EVENTS = 100_000;

  private int left;

  void begin() {
    left = EVENTS;
  }

  /** Counts an event and says whether it was the last of the batch. */
  boolean isLast() {
    return --left == 0;
  }
}
