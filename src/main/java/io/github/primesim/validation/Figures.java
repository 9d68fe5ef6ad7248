package io.github.primesim.validation;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every figure that a claim can name. */
public final class Figures {
  private static final Map<String, Figure> ALL = collect();

  private Figures() {}

  private static Map<String, Figure> collect() {
    Map<String, Figure> all = new TreeMap<>();
    add(all, HardwareFigures.all());
    add(all, MatFigures.all());
    add(all, AreaFigures.all());
    add(all, NetworkFigures.all());
    add(all, MappingFigures.all());
    add(all, RunFigures.all());
    add(all, BaselineFigures.all());
    add(all, IsaacFigures.all());
    add(all, AccuracyFigures.all());
    add(all, SparsityFigures.all());
    add(all, StatedFigures.all());
    add(all, GainFigures.all());
    add(all, StoredFigures.all());
    return Collections.unmodifiableMap(all);
  }

  private static void add(Map<String, Figure> all, Map<String, Figure> more) {
    more.forEach(
        (name, figure) -> {
          if (all.put(name, figure) != null) {
            throw new IllegalStateException("two figures are named " + name);
          }
        });
  }

  /** The figure of that name, if there is one. */
  static Optional<Figure> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** All names, sorted. */
  public static Set<String> names() {
    return ALL.keySet();
  }
}
