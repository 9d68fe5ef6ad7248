package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Designs given one by one.
 *
 * @param designs in order
 */
public record Designs(List<Design> designs) implements Section {
  /**
   * One of them.
   *
   * @param name its name, if it has one
   * @param values what is said of it, by key
   */
  public record Design(Optional<String> name, Map<String, String> values) {
    public Design {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  public Designs {
    designs = List.copyOf(designs);
  }

  @Override
  public List<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    designs.forEach(design -> keys.addAll(design.values().keySet()));
    return List.copyOf(keys);
  }

  @Override
  public List<String> varying() {
    return keys().stream()
        .filter(
            key ->
                designs.stream()
                    .anyMatch(
                        design ->
                            !Objects.equals(
                                design.values().get(key), designs.get(0).values().get(key))))
        .toList();
  }

  @Override
  public boolean always(String key) {
    return designs.stream().allMatch(design -> design.values().containsKey(key));
  }

  @Override
  public long points() {
    return designs.size();
  }

  @Override
  public Map<String, String> values(long index) {
    return designs.get((int) index).values();
  }

  @Override
  public Optional<String> title(long index) {
    return designs.get((int) index).name();
  }
}
