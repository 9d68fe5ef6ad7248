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
    boolean[] settled = new boolean[result.size()];
    long free = budget - result.stream().mapToLong(LayerPlan::mats).sum();
    while (true) {
      int slowest = -1;
      double longest = 0;
      for (int i = 0; i < settled.length; i++) {
        double layerTime = settled[i] ? 0 : time.applyAsDouble(result.get(i));
        if (layerTime > longest) {
          longest = layerTime;
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
        settled[slowest] = true;
        continue;
      }
      int units = unitsFor(plan, operations - 1);
      long cost = (long) (units - plan.units()) * plan.image().mats();
      if (cost > free) {
        settled[slowest] = true;
        continue;
      }
      free -= cost;
      result.set(slowest, plan.withUnits(units));
    }
  }

  /** Fewest units with which no unit has more than {@code operations}. */
  private static int unitsFor(LayerPlan plan, long operations) {
    long perUnit = operations * plan.copiesPerUnit();
    return Math.toIntExact((plan.positions() + perUnit - 1) / perUnit);
  }
}
