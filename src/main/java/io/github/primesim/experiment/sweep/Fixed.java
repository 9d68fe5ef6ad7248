package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is the same in all points.
 *
 * @param values by key
 */
public record Fixed(Map<String, String> values) implements Section {
  public Fixed {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  @Override
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  @Override
  public List<String> varying() {
    return List.of();
  }

  @Override
  public long points() {
    return 1;
  }

  @Override
  public Map<String, String> values(long index) {
    return values;
  }
}
