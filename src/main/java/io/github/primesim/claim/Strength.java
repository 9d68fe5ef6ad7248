package io.github.primesim.claim;

/** What is asserted of a published figure. */
public enum Strength {
  /** Ours is the published one, to the digit printed. */
  EXACT,
  /** Ours lies within a tolerance that was stated before it was known. */
  BAND,
  /** An order of figures is the published one. */
  SHAPE,
  /** Nothing; both are shown. */
  REPORT
}
