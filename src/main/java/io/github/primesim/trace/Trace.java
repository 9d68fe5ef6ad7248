package io.github.primesim.trace;

import java.util.List;

/**
 * A network compiled for a memory.
 *
 * @param header what was compiled, how, and for which hardware
 * @param stages layers in the order of execution; a stage comes after all its producers
 */
public record Trace(TraceHeader header, List<Stage> stages) {
  public Trace {
    stages = List.copyOf(stages);
  }
}
