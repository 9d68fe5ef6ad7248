package io.github.primesim.timeline;

/**
 * What part of a run a timeline shows: all slices that have at least one cycle in it, whole.
 *
 * @param fromCycle first cycle, not negative
 * @param toCycle first cycle after it, later than {@code fromCycle}
 * @param mostSlices how many slices are enough; a run is not followed beyond the cycle in which
 *     that many are there
 */
public record Window(long fromCycle, long toCycle, long mostSlices) {
  /** As long as a run can be. */
  public static final long END = Long.MAX_VALUE;

  public Window {
    if (fromCycle < 0 || toCycle <= fromCycle || mostSlices < 1) {
      throw new IllegalArgumentException(
          "no window: cycles " + fromCycle + " to " + toCycle + ", " + mostSlices + " slices");
    }
  }

  /** Whether a slice has a cycle in it. */
  public boolean shows(long beginCycle, long endCycle) {
    return beginCycle < toCycle && endCycle > fromCycle;
  }
}
