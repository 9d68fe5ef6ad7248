package io.github.primesim.lowering;

import java.util.List;

/**
 * Which cells conduct for how long while a mat processes an input vector.
 *
 * @param windows by input slice and weight slice: time for which the bitline of a conversion
 *     conducts, in the unit of the array's price; 0 where nothing is converted
 * @param arrays arrays that hold a weight: two for a pair
 * @param sharing copies that share their bitlines block-diagonally, so that each column sees the
 *     wordlines of all of them
 * @param depth weight columns on the busiest sense amplifier
 * @param allBitlines whether bitlines conduct that are not selected
 */
record Conduction(
    List<List<Long>> windows, int arrays, int sharing, int depth, boolean allBitlines) {

  /** Time for which something is converted under an input slice; 0 where it is not driven. */
  long total(int input) {
    return windows.get(input).stream().mapToLong(Long::longValue).sum();
  }
}
