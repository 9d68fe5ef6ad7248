package io.github.primesim.timeline;

/**
 * What was recorded.
 *
 * @param slices number of slices
 * @param untilCycle everything that begins before this cycle and lies in the window is there
 * @param cut whether the run went on, but the window allowed no more slices
 * @param endCycle when the last stage ended, as far as the run was followed
 * @param cycleNs nanoseconds of a cycle
 */
public record Recording(long slices, long untilCycle, boolean cut, long endCycle, double cycleNs) {}
