package io.github.primesim.lowering;

import io.github.primesim.network.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Decides how many copies each layer gets, and how they lie in mats. */
final class ReplicationPlan {
  private final List<Choices> layers;

  /**
   * A plan for some layers.
   *
   * @param single one copy of each layer
   * @param operationTime time of one operation of a unit
   */
  ReplicationPlan(List<LayerPlan> single, ToDoubleFunction<LayerPlan> operationTime) {
    layers = single.stream().map(plan -> new Choices(plan, operationTime)).toList();
  }

  /** One copy of a layer. */
  static LayerPlan single(LayerImage image, long positions) {
    return new LayerPlan(image, positions, 1, 1);
  }

  /** Each layer on the mats of one copy, with as many copies in a mat as make it fastest. */
  List<LayerPlan> sharingMats() {
    return layers.stream().map(layer -> layer.fastest(1)).toList();
  }

  /**
   * Gives the mats that are left to the slowest layer again and again. Mats are added only where
   * they shorten the layer; the slowest layer that cannot be shortened any more stays as it is and
   * the next one is looked at. With more mats fewer copies may share each of them, since copies in
   * a mat wait for the same sense amplifiers.
   *
   * @param budget mats for all layers together
   */
  List<LayerPlan> fill(long budget) {
    List<LayerPlan> result = new ArrayList<>(sharingMats());
    // Those that get no more copies take no time, as far as this is concerned.
    double[] times = new double[result.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = layers.get(i).time(result.get(i));
    }
    long free = budget - LayerPlan.mats(result);
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
      LayerPlan faster = layers.get(slowest).faster(plan, free);
      // Cheaper than to compare the plans, whose equals() the virtual machine puts together first.
      if (faster.units() == plan.units()) {
        times[slowest] = 0;
        continue;
      }
      free -= faster.mats() - plan.mats();
      result.set(slowest, faster);
      times[slowest] = layers.get(slowest).time(faster);
    }
  }

  /** How many copies of a layer may share a mat, and what an operation takes then. */
  private static final class Choices {
    private final LayerPlan single;

    /** Time of one operation, by the copies of a unit from 1 up. */
    private final double[] operationTime;

    Choices(LayerPlan single, ToDoubleFunction<LayerPlan> operationTime) {
      this.single = single;
      LayerImage image = single.image();
      long most = 1;
      if (image.mats() == 1 && mayBeCopied()) {
        most = (long) image.copiesOverGroups() * image.copiesWithinGroup();
        most = Math.min(most, single.positions());
      }
      this.operationTime = new double[(int) most];
      for (int copies = 1; copies <= most; copies++) {
        this.operationTime[copies - 1] = operationTime.applyAsDouble(single.with(1, copies));
      }
    }

    /** A step of a recurrence needs the one before, and without crossbars there is no work. */
    private boolean mayBeCopied() {
      return !(single.image().layer instanceof Recurrence) && single.image().mats() > 0;
    }

    double time(LayerPlan plan) {
      return plan.operations() * operationTime[plan.copiesPerUnit() - 1];
    }

    /** The fastest with that many units; of those that are, the one with the fewest copies. */
    LayerPlan fastest(int units) {
      LayerPlan best = single.with(units, 1);
      for (int copies = 2; copies <= operationTime.length; copies++) {
        LayerPlan plan = single.with(units, copies);
        best = time(plan) < time(best) ? plan : best;
      }
      return best;
    }

    /**
     * The fewest units that are faster than {@code plan}.
     *
     * @param plan the fastest one with its units
     * @param free mats that may be added
     * @return {@code plan} itself if there are none
     */
    LayerPlan faster(LayerPlan plan, long free) {
      if (!mayBeCopied()) {
        return plan;
      }
      double now = time(plan);
      long most = plan.units() + free / plan.image().mats();
      long fewest = most + 1;
      for (int copies = 1; copies <= operationTime.length; copies++) {
        long operations = operationsWithin(now, operationTime[copies - 1]);
        if (operations > 0) {
          fewest = Math.min(fewest, LayerPlan.ceilDiv(plan.positions(), operations * copies));
        }
      }
      return fewest > most ? plan : fastest(Math.toIntExact(fewest));
    }

    /** The most operations of a length that take less than {@code time}. */
    private static long operationsWithin(double time, double each) {
      long operations = (long) Math.ceil(time / each) - 1;
      // The quotient of a product may lie just above its factor.
      return operations * each < time ? operations : operations - 1;
    }
  }
}
