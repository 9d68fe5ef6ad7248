package io.github.primesim.hardware;

/** How positive and negative weights are held. */
public enum SignScheme {
  /**
   * Two arrays at the same place, subtracted on the bitlines before the conversion. Source: PRIME,
   * III-A.
   */
  PAIRS,
  /** Positive and negative arrays placed on their own, each converted, subtracted digitally. */
  INDEPENDENT
}
