package io.github.primesim.report;

import io.github.primesim.experiment.sweep.PointResult;
import io.github.primesim.experiment.sweep.SweepPlan;
import java.io.Serializable;
import java.util.function.Function;

/**
 * What the output folder of a sweep gets of a point. It may be made by another thread or on another
 * machine than the one that writes.
 *
 * @param index number of the point
 * @param done whether it has a result
 * @param row its line of {@code points.csv}
 * @param document its result document; empty where it has failed
 */
public record SweepEntry(int index, boolean done, String row, String document)
    implements Serializable {

  /** Makes entries of the results of a sweep; threads may share it. */
  public static Function<PointResult, SweepEntry> of(SweepPlan plan) {
    PointTable table = new PointTable(plan);
    return result ->
        new SweepEntry(
            result.point().index(),
            result.isDone(),
            table.row(result),
            result.result().map(ResultDocument::of).orElse(""));
  }
}
