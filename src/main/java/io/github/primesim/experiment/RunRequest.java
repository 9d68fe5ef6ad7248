package io.github.primesim.experiment;

import io.github.primesim.device.ImageProgress;
import io.github.primesim.functional.ActivityMeter;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.lowering.SharedMappings;
import java.util.Optional;

/**
 * What is to be run, and how.
 *
 * @param design what is compiled
 * @param progress is told what has been compiled
 * @param imageProgress is told what has been simulated
 * @param forwarding what is done about repetitions; changes no result
 * @param shared mappings that several runs share; changes no result
 * @param meter measures the activity of real inputs; mean activity where empty
 */
public record RunRequest(
    CompileRequest design,
    Progress progress,
    ImageProgress imageProgress,
    FastForwarding forwarding,
    Optional<SharedMappings> shared,
    Optional<ActivityMeter> meter) {
  public RunRequest {
    if (shared.isPresent() && meter.isPresent()) {
      throw new IllegalArgumentException("mappings that are shared are not shown to a meter");
    }
  }

  /** A design at mean activity, without anybody to tell. */
  public static RunRequest of(CompileRequest design) {
    return new RunRequest(
        design,
        Progress.SILENT,
        ImageProgress.SILENT,
        FastForwarding.ON,
        Optional.empty(),
        Optional.empty());
  }

  /** The same with somebody who is told what has been done. */
  public RunRequest telling(Progress compiler, ImageProgress simulation) {
    return new RunRequest(design, compiler, simulation, forwarding, shared, meter);
  }

  /** The same with another way to handle repetitions. */
  public RunRequest forwarding(FastForwarding choice) {
    return new RunRequest(design, progress, imageProgress, choice, shared, meter);
  }

  /** The same with mappings that other runs have made or want. */
  public RunRequest sharing(SharedMappings mappings) {
    return new RunRequest(
        design, progress, imageProgress, forwarding, Optional.of(mappings), meter);
  }

  /** The same with the activity of real inputs, where there is something that measures it. */
  public RunRequest measuring(Optional<ActivityMeter> measuringDevice) {
    return new RunRequest(design, progress, imageProgress, forwarding, shared, measuringDevice);
  }
}
