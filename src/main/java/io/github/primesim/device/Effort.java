package io.github.primesim.device;

/** What simulations have done to get their results; no part of them. */
public final class Effort {
  private long arrivals;
  private long cyclesLeftOut;
  private long leaps;

  /** A request has arrived at a unit where it may have to wait. */
  void arrivals(long executed) {
    arrivals += executed;
  }

  /** Periods were left out. */
  void leaps(long times, long cycles) {
    leaps += times;
    cyclesLeftOut += cycles;
  }

  /** Arrivals at units where a request may have to wait, each an event of the kernel. */
  public long arrivals() {
    return arrivals;
  }

  /** Cycles that were not simulated because a state had recurred. */
  public long cyclesLeftOut() {
    return cyclesLeftOut;
  }

  /** How often a state had recurred and something was left out. */
  public long leaps() {
    return leaps;
  }
}
