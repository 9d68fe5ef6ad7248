package io.github.primesim.metrics;

/**
 * How busy the units of one kind are.
 *
 * @param unit name of the kind in result documents, such as {@code ffPort}
 * @param units units of that kind that a program names, each server counted
 * @param busyCycles cycles in use per image, added up over the units
 */
public record Occupancy(String unit, long units, long busyCycles) {
  /** Share of the units' time in use when an image takes {@code cycles}, 0 when it takes none. */
  public double share(double cycles) {
    return units == 0 || cycles == 0 ? 0 : busyCycles / (units * cycles);
  }
}
