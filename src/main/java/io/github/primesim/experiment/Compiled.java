package io.github.primesim.experiment;

import io.github.primesim.lowering.Compilation;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Compiler;
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
 */
public record Compiled(Trace trace, CompiledNetwork network, MappingReport mapping) {
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
    Trace trace = compilation.trace();
    return new Compiled(trace, CompiledNetwork.of(trace), witness.report(compilation));
  }

  /**
   * Compiles and sketches the crossbars of all layers on the way, coarsely.
   *
   * @param crossbars is shown each matrix
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Compiled of(CompileRequest request, Progress progress, CrossbarMaps crossbars) {
    MappingWitness witness = new MappingWitness(request);
    Compilation compilation =
        Compiler.compile(
            request,
            progress,
            (layer, matrix, weights, mapping) -> {
              witness.mapped(layer, matrix, weights, mapping);
              crossbars.mapped(layer, matrix, weights, mapping);
            });
    Trace trace = compilation.trace();
    return new Compiled(trace, CompiledNetwork.of(trace), witness.report(compilation));
  }

  /** The trace in its text format. */
  public String traceText() {
    return TraceWriter.text(trace);
  }
}
