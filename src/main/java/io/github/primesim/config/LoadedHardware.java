package io.github.primesim.config;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import java.util.List;
import java.util.Map;

/**
 * A hardware description ready for use.
 *
 * @param spec the memory
 * @param digest sha-256 over every value and choice, hexadecimal; prose such as names, sources and
 *     notes does not enter it
 * @param resolvedYaml the complete description with all it extends and all that was set, itself a
 *     hardware file that loads to the same digest
 * @param overrides what was set, as {@code key=value}, in the order given
 */
public record LoadedHardware(
    HardwareSpec spec, String digest, String resolvedYaml, List<String> overrides) {
  public LoadedHardware {
    overrides = List.copyOf(overrides);
  }

  /**
   * Every number, by the key under which it can be set, in the order of the file. Elements of a
   * list have keys of their own.
   */
  public Map<String, Quantity> quantities() {
    return HardwareKey.quantities(spec);
  }
}
