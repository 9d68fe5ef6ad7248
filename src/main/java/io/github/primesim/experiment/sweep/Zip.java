package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of some keys side by side.
 *
 * @param columns values by key, all lists of the same length
 */
public record Zip(Map<String, List<String>> columns) implements Section {
  public Zip {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    if (columns.values().stream().map(List::size).distinct().count() != 1) {
      throw new IllegalArgumentException("lists side by side must have the same length");
    }
  }

  @Override
  public List<String> keys() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public List<String> varying() {
    return columns.keySet().stream()
        .filter(key -> columns.get(key).stream().distinct().count() > 1)
        .toList();
  }

  @Override
  public long points() {
    return columns.values().iterator().next().size();
  }

  @Override
  public Map<String, String> values(long index) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach((key, column) -> values.put(key, column.get((int) index)));
    return values;
  }
}
