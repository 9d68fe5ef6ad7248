package io.github.primesim.validation;

import java.util.List;
import java.util.Optional;

/**
 * What a figure is computed on, by the names that files and commands use.
 *
 * @param network name of a bundled network
 * @param hardware name of a bundled memory
 * @param mapping name of a scheme
 * @param crossbar wordlines and bitlines such as {@code 32x32}, or as in the hardware
 * @param signs name of a sign scheme
 * @param replication name of a policy
 * @param sets hardware keys to be set, as {@code key=value}
 */
public record Design(
    String network,
    String hardware,
    String mapping,
    Optional<String> crossbar,
    String signs,
    String replication,
    List<String> sets) {
  public Design {
    sets = List.copyOf(sets);
  }

  /** The same on crossbars as the hardware has them. */
  Design undivided() {
    return new Design(network, hardware, mapping, Optional.empty(), signs, replication, sets);
  }
}
