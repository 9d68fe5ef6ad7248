package io.github.primesim.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the points of a sweep are laid out over one of its keys, so that a figure can be read: which
 * of the other keys tell curves apart, which ones panels.
 *
 * @param scattered whether hardly two points have the other keys in common, as in random draws;
 *     there are no curves then
 * @param curves keys whose values are curves
 * @param panels keys whose values are panels
 * @param shown values that are drawn of each of them; where there are too many, some that are
 *     spread evenly
 */
record SweepLayout(
    boolean scattered, List<String> curves, List<String> panels, Map<String, List<String>> shown) {
  /** Curves that are told apart in one panel. */
  private static final int MOST_CURVES = 8;

  private static final int MOST_PANELS = 6;

  static SweepLayout over(String key, SweepFolder sweep) {
    List<String> others = sweep.varying().stream().filter(other -> !other.equals(key)).toList();
    List<Integer> done = sweep.done();
    long combinations =
        done.stream()
            .map(row -> others.stream().map(other -> sweep.field(row, other)).toList())
            .distinct()
            .count();
    if (combinations > MOST_CURVES && 2 * combinations > done.size()) {
      return new SweepLayout(true, others, List.of(), Map.of());
    }
    Map<String, List<String>> shown = new LinkedHashMap<>();
    others.forEach(other -> shown.put(other, sweep.values(other)));
    List<String> curves = new ArrayList<>();
    int count = 1;
    for (String other : fewestFirst(others, shown)) {
      if (curves.isEmpty()) {
        shown.computeIfPresent(other, (name, values) -> spread(values, MOST_CURVES));
      }
      if (count * shown.get(other).size() <= MOST_CURVES) {
        count *= shown.get(other).size();
        curves.add(other);
      }
    }
    List<String> panels = others.stream().filter(other -> !curves.contains(other)).toList();
    while (panels.stream().mapToDouble(each -> shown.get(each).size()).reduce(1, (a, b) -> a * b)
        > MOST_PANELS) {
      String longest = fewestFirst(panels, shown).get(panels.size() - 1);
      int fewer = Math.min(shown.get(longest).size() - 1, MOST_PANELS);
      shown.computeIfPresent(longest, (name, values) -> spread(values, fewer));
    }
    return new SweepLayout(false, others.stream().filter(curves::contains).toList(), panels, shown);
  }

  private static List<String> fewestFirst(List<String> keys, Map<String, List<String>> values) {
    return keys.stream()
        .sorted(Comparator.comparingInt((String key) -> values.get(key).size()))
        .toList();
  }

  /** At most so many of the values, the first and, if they are more than one, the last too. */
  private static List<String> spread(List<String> values, int most) {
    if (values.size() <= most) {
      return values;
    }
    List<String> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(
          values.get(most == 1 ? 0 : Math.round((float) i * (values.size() - 1) / (most - 1))));
    }
    return some;
  }

  /** Whether a point is drawn. */
  boolean shows(SweepFolder sweep, int row) {
    return shown.entrySet().stream()
        .allMatch(each -> each.getValue().contains(sweep.field(row, each.getKey())));
  }
}
