package io.github.primesim.lowering;

import io.github.primesim.network.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Decides how many units each layer gets. */
final class ReplicationPlan {
  private ReplicationPlan() {}

  /** One copy of each layer. */
  static LayerPlan single(LayerImage image, long positions) {
    return new LayerPlan(image, positions, 1, 1);
  }

  /** The layer with as many copies as share a mat, where it has inputs for them. */
  static LayerPlan sharingAMat(LayerImage image, long positions) {
    if (image.mats() != 1 || image.layer instanceof Recurrence) {
      return single(image, positions);
    }
    long copies = (long) image.copiesOverGroups() * image.copiesWithinGroup();
    return new LayerPlan(image, positions, (int) Math.min(copies, positions), 1);
  }

  /**
   * Gives the mats that are left to the slowest layer again and again. A unit is added only where
   * it shortens the layer; the slowest layer that cannot be shortened any more stays as it is and
   * the next one is looked at.
   *
   * @param budget mats for all layers together
   * @param time time of a layer per image
   */
  static List<LayerPlan> fill(
      List<LayerPlan> plans, long budget, ToDoubleFunction<LayerPlan> time) {
    List<LayerPlan> result = new ArrayList<>(plans);
    // Those that get no more copies take no time, as far as this is concerned.
    double[] times = plans.stream().mapToDouble(time).toArray();
    long free = budget - result.stream().mapToLong(LayerPlan::mats).sum();
    while (true) {
      int slowest = -1;
      double longest = 0;
      for (int i = 0; i < times.length; i++) {
        if (times[i] > longest) {
          longest = times[i];
          slowest = i;
        }
      }
      if (slowest < 0) {
        return result;
      }
      LayerPlan plan = result.get(slowest);
      long operations = plan.operations();
      // A step of a recurrence needs the one before: copies would have nothing to do.
      if (operations <= 1 || plan.image().layer instanceof Recurrence) {
        times[slowest] = 0;
        continue;
      }
      int units = unitsFor(plan, operations - 1);
      long cost = (long) (units - plan.units()) * plan.image().mats();
      if (cost > free) {
        times[slowest] = 0;
        continue;
      }
      free -= cost;
      result.set(slowest, plan.withUnits(units));
      times[slowest] = time.applyAsDouble(result.get(slowest));
    }
  }

  /** Fewest units with which no unit has more than {@code operations}. */
  private static int unitsFor(LayerPlan plan, long operations) {
    long perUnit = operations * plan.copiesPerUnit();
    return Math.toIntExact((plan.positions() + perUnit - 1) / perUnit);
  }
}
