package io.github.primesim.experiment;

import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Compiler;
import io.github.primesim.lowering.Progress;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceWriter;

/**
 * A network compiled and not simulated.
 *
 * @param trace commands of the network
 * @param network what the trace tells of it
 */
public record Compiled(Trace trace, CompiledNetwork network) {
  /**
   * Compiles.
   *
   * @throws io.github.primesim.units.InputProblem if the network does not fit into the memory
   */
  public static Compiled of(CompileRequest request, Progress progress) {
    Trace trace = Compiler.compile(request, progress).trace();
    return new Compiled(trace, CompiledNetwork.of(trace));
  }

  /** The trace in its text format. */
  public String traceText() {
    return TraceWriter.text(trace);
  }
}
