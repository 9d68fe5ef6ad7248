package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One design of a sweep, as the sweep describes it.
 *
 * @param index its number, from 0
 * @param name unlike that of any other point
 * @param values what the sweep says of it, by key, in the order of the sweep's keys; a key that it
 *     does not speak of is missing
 */
public record SweepPoint(int index, String name, Map<String, String> values) {
  public SweepPoint {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
