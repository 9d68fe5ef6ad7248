package io.github.primesim.hardware;

/** How the value of a {@link Quantity} came about, from the most to the least trustworthy. */
public enum Basis {
  /** Printed in the named source, at the named node. */
  PUBLISHED,
  /** Published for another node and converted by the rule stated in the source. */
  SCALED,
  /** Follows by arithmetic from published values. */
  DERIVED,
  /** Chosen so that a published result is met; the source names that result. */
  FITTED,
  /** A choice of ours that nothing published decides. */
  ASSUMED
}
