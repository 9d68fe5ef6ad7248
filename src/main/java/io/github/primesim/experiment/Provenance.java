package io.github.primesim.experiment;

import java.util.List;

/**
 * What a result was made from; enough to make it again.
 *
 * @param version version of the simulator
 * @param hardwareDigest sha-256 of the resolved hardware
 * @param networkDigest sha-256 of structure and weights
 * @param seed seed of whatever was drawn
 * @param overrides hardware keys set beside the file, as {@code key=value}
 */
public record Provenance(
    String version,
    String hardwareDigest,
    String networkDigest,
    long seed,
    List<String> overrides) {
  public Provenance {
    overrides = List.copyOf(overrides);
  }
}
