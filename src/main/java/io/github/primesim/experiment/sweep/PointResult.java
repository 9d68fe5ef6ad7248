package io.github.primesim.experiment.sweep;

import io.github.primesim.experiment.CrossbarAccuracy;
import io.github.primesim.experiment.RunResult;
import java.util.Optional;

/**
 * What came of a point.
 *
 * @param point the point
 * @param design what was simulated; empty where the point describes no usable design
 * @param result what came out, unless it failed
 * @param accuracy of its crossbars, where that was asked for
 * @param error why it failed, one line
 */
public record PointResult(
    SweepPoint point,
    Optional<PointDesign> design,
    Optional<RunResult> result,
    Optional<CrossbarAccuracy> accuracy,
    Optional<String> error) {
  static PointResult done(
      SweepPoint point, PointDesign design, RunResult result, Optional<CrossbarAccuracy> accuracy) {
    return new PointResult(
        point, Optional.of(design), Optional.of(result), accuracy, Optional.empty());
  }

  static PointResult failed(SweepPoint point, Optional<PointDesign> design, String error) {
    return new PointResult(
        point,
        design,
        Optional.empty(),
        Optional.empty(),
        Optional.of(error.replaceAll("\\s*\\R\\s*", " ").strip()));
  }

  /** Whether there is a result. */
  public boolean isDone() {
    return result.isPresent();
  }
}
