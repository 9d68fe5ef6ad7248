package io.github.primesim.lowering;

import java.util.List;

/**
 * How often a layer is held and how its input vectors are shared out.
 *
 * <p>A <em>unit</em> is what one program drives: a copy on mats of its own, or as many copies as
 * share one mat and work in lockstep.
 *
 * @param image one copy
 * @param positions input vectors per image
 * @param copiesPerUnit copies in the mat of a unit; 1 where a copy takes several mats
 * @param units units, each on mats of its own
 */
record LayerPlan(LayerImage image, long positions, int copiesPerUnit, int units) {
  /** Copies of the layer. */
  long copies() {
    return (long) units * copiesPerUnit;
  }

  /** Mats of all units. */
  long mats() {
    return (long) units * image.mats();
  }

  /** Mats of all {@code plans} together. */
  static long mats(List<LayerPlan> plans) {
    return plans.stream().mapToLong(LayerPlan::mats).sum();
  }

  /** Weight columns on the busiest sense amplifier. */
  int depth() {
    return copiesPerUnit == 1 ? image.depth() : image.depthOfCopies(copiesPerUnit);
  }

  LayerPlan with(int otherUnits, int otherCopiesPerUnit) {
    return new LayerPlan(image, positions, otherCopiesPerUnit, otherUnits);
  }

  /** First of the input vectors of unit {@code unit}; of one more than the last: their number. */
  long firstPosition(int unit) {
    return positions * unit / units;
  }

  /** Operations of the busiest unit per image. */
  long operations() {
    return ceilDiv(ceilDiv(positions, units), copiesPerUnit);
  }

  static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
