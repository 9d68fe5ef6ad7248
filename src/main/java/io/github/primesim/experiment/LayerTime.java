package io.github.primesim.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Time of one layer for one inference.
 *
 * @param cycles from the begin of its first stage to the end of its last
 * @param stallCycles cycles its commands waited, by cause, while the inference had the memory to
 *     itself; causes that did not occur are left out. Commands wait side by side, so the sum can
 *     exceed {@code cycles}
 * @param pipelinedStallCycles the same with other inferences under way
 */
public record LayerTime(
    long cycles, Map<String, Long> stallCycles, Map<String, Long> pipelinedStallCycles) {
  public LayerTime {
    stallCycles = Collections.unmodifiableMap(new LinkedHashMap<>(stallCycles));
    pipelinedStallCycles = Collections.unmodifiableMap(new LinkedHashMap<>(pipelinedStallCycles));
  }
}
