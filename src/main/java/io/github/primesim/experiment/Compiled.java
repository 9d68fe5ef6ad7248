package io.github.primesim.experiment;

import io.github.primesim.lowering.Compilation;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Compiler;
import io.github.primesim.lowering.MeasuredInputs;
import io.github.primesim.lowering.Progress;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceWriter;
import java.util.Optional;

/**
 * A network compiled and not simulated.
 *
 * @param trace commands of the network
 * @param network what the trace tells of it
 * @param mapping what only the mapping can tell
 * @param measured where the activity of the trace comes from, if it was measured
 */
public record Compiled(
    Trace trace,
    CompiledNetwork network,
    MappingReport mapping,
    Optional<MeasuredInputs> measured) {
  /**
   * Compiles.
   *
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Compiled of(CompileRequest request, Progress progress) {
    return of(request, progress, Optional.empty());
  }

  /**
   * Compiles and sketches a layer on the way.
   *
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Compiled of(
      CompileRequest request, Progress progress, Optional<LayerSketch> sketch) {
    MappingWitness witness = new MappingWitness(request);
    Compilation compilation =
        Compiler.compile(
            request,
            progress,
            (layer, matrix, weights, mapping) -> {
              witness.mapped(layer, matrix, weights, mapping);
              sketch.ifPresent(each -> each.mapped(layer, matrix, weights, mapping));
            });
    return of(compilation, witness);
  }

  /**
   * Compiles for a run and sketches the crossbars of all layers on the way, coarsely.
   *
   * @param crossbars is shown each matrix
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Compiled of(RunRequest request, CrossbarMaps crossbars) {
    MappingWitness witness = new MappingWitness(request.design());
    Compilation compilation =
        Compiler.compile(
            request.design(),
            request.progress(),
            (layer, matrix, weights, mapping) -> {
              witness.mapped(layer, matrix, weights, mapping);
              crossbars.mapped(layer, matrix, weights, mapping);
            },
            request.meter());
    return of(compilation, witness);
  }

  private static Compiled of(Compilation compilation, MappingWitness witness) {
    Trace trace = compilation.trace();
    return new Compiled(
        trace, CompiledNetwork.of(trace), witness.report(compilation), compilation.measured());
  }

  /** The trace in its text format. */
  public String traceText() {
    return TraceWriter.text(trace);
  }
}
