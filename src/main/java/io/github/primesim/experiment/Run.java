package io.github.primesim.experiment;

import io.github.primesim.device.ImageProgress;
import io.github.primesim.device.Simulation;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.Compilation;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Compiler;
import io.github.primesim.lowering.MappingObserver;
import io.github.primesim.lowering.MeasuredInputs;
import io.github.primesim.timeline.Execution;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Timeline;
import io.github.primesim.timeline.Window;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceWriter;
import java.util.Optional;

/**
 * One run: a network compiled, simulated and priced.
 *
 * @param trace what was simulated
 * @param result what came out
 */
public record Run(Trace trace, RunResult result) {
  /**
   * Compiles, simulates and prices.
   *
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Run of(RunRequest request) {
    Compilation compiled =
        request.shared().isPresent()
            ? Compiler.compile(request.design(), request.progress(), request.shared().get())
            : Compiler.compile(
                request.design(), request.progress(), MappingObserver.NONE, request.meter());
    return of(compiled.trace(), compiled.measured(), request);
  }

  /**
   * Simulates and prices what was compiled before.
   *
   * @param request what it was compiled for
   */
  public static Run of(Compiled compiled, RunRequest request) {
    return of(compiled.trace(), compiled.measured(), request);
  }

  private static Run of(Trace trace, Optional<MeasuredInputs> measured, RunRequest request) {
    Run run = of(trace, request.design().hardware(), request.forwarding(), request.imageProgress());
    return measured
        .map(
            inputs ->
                new Run(
                    trace,
                    run.result()
                        .with(
                            new ActivityAccount(request.design(), trace, inputs)
                                .of(run.result().energyPj().total()))))
        .orElse(run);
  }

  /** Simulates and prices a trace. */
  public static Run of(Trace trace, HardwareSpec hardware) {
    return of(trace, hardware, FastForwarding.ON, ImageProgress.SILENT);
  }

  /**
   * Simulates and prices a trace.
   *
   * @param progress is told how far the simulation has come
   */
  public static Run of(
      Trace trace, HardwareSpec hardware, FastForwarding forwarding, ImageProgress progress) {
    return new Run(trace, Replay.result(trace, hardware, forwarding, progress));
  }

  /**
   * Records what happened when, in a simulation of its own that takes the same cycles.
   *
   * @param hardware what it ran on
   */
  public Recording record(
      HardwareSpec hardware, Execution execution, Window window, Timeline timeline) {
    return Simulation.record(trace, hardware, execution, window, timeline);
  }

  /**
   * The same.
   *
   * @param request what it was compiled by
   */
  public Recording record(
      CompileRequest request, Execution execution, Window window, Timeline timeline) {
    return record(request.hardware(), execution, window, timeline);
  }

  /** The trace in its text format. */
  public String traceText() {
    return TraceWriter.text(trace);
  }
}
