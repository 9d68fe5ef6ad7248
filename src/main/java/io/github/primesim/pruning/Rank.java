package io.github.primesim.pruning;

/** By what the segments of a network are put in order, the first to be pruned first. */
public enum Rank {
  /** L2 norm, over the root mean square of the norms of its layer. */
  NORM,
  /** What a layer loses, for each input position and array that the chip saves. */
  COST
}
