package io.github.primesim.lowering;

/** What is done with mats that the network itself leaves free. */
public enum Replication {
  /** Nothing: one copy of the network on the chip. */
  NONE,
  /** As many copies of the whole network as fit. */
  NETWORK,
  /**
   * Copies of the slowest layer until the mats are full, and the whole network again in every bank
   * if it fits into one; a network without a layer that has several positions is copied as a whole.
   * Source: PRIME, IV-B (small networks are replicated, large ones split over banks).
   */
  LAYER
}
