package io.github.primesim.experiment;

/**
 * Physical arrays before replication, both signs and all bit slices included.
 *
 * @param dense arrays when every weight is stored, zero or not
 * @param mapped arrays that the mapping keeps
 * @param lowerBound fewest arrays that any mapping which leaves the rows in order needs
 */
public record CrossbarCount(long dense, long mapped, long lowerBound) {
  /** The sum of two counts. */
  public CrossbarCount plus(CrossbarCount other) {
    return new CrossbarCount(
        dense + other.dense, mapped + other.mapped, lowerBound + other.lowerBound);
  }

  /** How many times fewer arrays are kept than dense ones; 1 where there are none at all. */
  public double reduction() {
    return mapped == 0 ? (dense == 0 ? 1 : Double.POSITIVE_INFINITY) : (double) dense / mapped;
  }
}
