package io.github.primesim.claim;

/** What became of a published figure. */
public enum Verdict {
  /** Ours is within the tolerance, or the order is the published one. */
  HOLDS(true),
  /** Ours is not, which is known and explained; it is what it was when that was written. */
  DEVIATES(true),
  /** Nothing is asserted. */
  SHOWN(true),
  /** There is no figure of ours: it is not modelled, or a network is not bundled. */
  ABSENT(true),
  /** Ours is not within the tolerance, and nobody has said why. */
  FAILS(false),
  /**
   * Ours is known to deviate and is no longer what it was when that was written, or it was stored
   * for other inputs than those that are installed.
   */
  CHANGED(false);

  private final boolean accepted;

  Verdict(boolean accepted) {
    this.accepted = accepted;
  }

  /** Whether a validation with this verdict passes. */
  public boolean accepted() {
    return accepted;
  }
}
