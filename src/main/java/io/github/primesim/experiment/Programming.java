package io.github.primesim.experiment;

import io.github.primesim.hardware.HardwareSpec;

/**
 * What writing the weights takes, once before any inference: in no energy of an inference, as in
 * PRIME's results.
 *
 * <p>An FF subarray has served as memory before, so every cell of the arrays in use is written, a
 * zero too.
 *
 * @param cells cells of the arrays of all copies on the chip
 * @param pj energy of writing each of them once, in picojoules
 */
public record Programming(long cells, double pj) {
  /** Programming the arrays of {@code compiled} for the memory {@code spec}. */
  static Programming of(CompiledNetwork compiled, HardwareSpec spec) {
    long arrays =
        compiled.layers().stream()
            .mapToLong(layer -> layer.crossbars().mapped() * layer.replicas())
            .sum();
    long cells =
        arrays
            * compiled.instances()
            * spec.organization().crossbarRows().count()
            * spec.organization().crossbarBitlines().count();
    return new Programming(cells, cells * spec.energy().programPjPerCell().value());
  }
}
