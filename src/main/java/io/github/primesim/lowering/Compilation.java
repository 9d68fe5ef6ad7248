package io.github.primesim.lowering;

import io.github.primesim.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * A compiled network.
 *
 * @param trace what the memory executes
 * @param layers how each layer with weights came out
 * @param measured where the activity of the trace comes from, if it was measured
 */
public record Compilation(
    Trace trace, List<LayerReport> layers, Optional<MeasuredInputs> measured) {
  public Compilation {
    layers = List.copyOf(layers);
  }
}
