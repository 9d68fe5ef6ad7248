package io.github.primesim.claim;

/** How good the evidence for a published figure is, best first. */
public enum Grade {
  /** Read in the source itself. */
  A,
  /** Transcribed from the source by secondary literature. */
  B,
  /** Recalled, to be checked by whoever has the source open. */
  C,
  /** Derived by arithmetic from others. */
  D
}
