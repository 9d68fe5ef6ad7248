package io.github.primesim.experiment.sweep;

import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.lowering.SharedMappings;
import io.github.primesim.units.InputProblem;
import java.util.Optional;

/** Compiles and simulates points; several threads may do so at the same time. */
public final class PointSimulation {
  private final PointDesign.Source designs;
  private final SharedMappings mappings = new SharedMappings();

  public PointSimulation(PointDesign.Source designs) {
    this.designs = designs;
  }

  /** The result of a point. A point that cannot be simulated says why and stops nobody. */
  public PointResult of(SweepPoint point) {
    Optional<PointDesign> design = Optional.empty();
    try {
      design = Optional.of(designs.of(point));
      return PointResult.done(
          point,
          design.get(),
          Run.of(RunRequest.of(design.get().request()).sharing(mappings)).result(),
          design.get().accuracy());
    } catch (InputProblem problem) {
      return PointResult.failed(point, design, problem.getMessage());
    } catch (RuntimeException fault) {
      // One design that the program cannot cope with should not cost a night's other results.
      return PointResult.failed(point, design, "internal fault: " + fault);
    }
  }
}
