package io.github.primesim.lowering;

import io.github.primesim.trace.Trace;
import java.util.List;

/**
 * A compiled network.
 *
 * @param trace what the memory executes
 * @param layers how each layer with weights came out
 */
public record Compilation(Trace trace, List<LayerReport> layers) {
  public Compilation {
    layers = List.copyOf(layers);
  }
}
