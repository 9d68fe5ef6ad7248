package io.github.primesim.experiment.sweep;

import io.github.primesim.experiment.Classification;
import io.github.primesim.experiment.CrossbarAccuracy;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.lowering.CompileRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A point made ready to be compiled.
 *
 * @param request what to compile, and how
 * @param settings value of every key the sweep speaks of, those included that this point leaves as
 *     they are
 * @param classification what to classify on its crossbars, where that is asked for
 */
public record PointDesign(
    CompileRequest request, Map<String, String> settings, Optional<Classification> classification) {
  public PointDesign {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Where designs come from; asked by several threads at the same time. */
  @FunctionalInterface
  public interface Source {
    /**
     * The design of a point.
     *
     * @throws io.github.primesim.units.InputProblem if there is no such design
     */
    PointDesign of(SweepPoint point);
  }

  Optional<CrossbarAccuracy> accuracy() {
    return classification.map(asked -> asked.on(request));
  }

  /** ReRAM cells of all FF subarrays. */
  public long cells() {
    return cells(request.hardware());
  }

  static long cells(HardwareSpec hardware) {
    Organization organization = hardware.organization();
    return (long) organization.banks().count()
        * organization.ffSubarraysPerBank().count()
        * organization.matsPerFfSubarray().count()
        * organization.arraysPerMat().count()
        * organization.arrayRows().count()
        * organization.arrayBitlines().count();
  }
}
