package io.github.primesim.pruning;

/** What a target is a share of. */
public enum Share {
  /** All weights of the network, biases left out: its sparsity afterwards. */
  WEIGHTS,
  /** The crossbars that the layers to be pruned take before. */
  CROSSBARS,
  /** The places of a crossbar: crossbars with a smaller share in use are cleared. */
  UTILIZATION
}
