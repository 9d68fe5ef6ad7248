package io.github.primesim.experiment.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every combination of the values of some keys; the last key changes fastest.
 *
 * @param axes values by key
 */
public record Grid(Map<String, List<String>> axes) implements Section {
  public Grid {
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
  }

  @Override
  public List<String> keys() {
    return List.copyOf(axes.keySet());
  }

  @Override
  public List<String> varying() {
    return axes.keySet().stream().filter(key -> axes.get(key).size() > 1).toList();
  }

  @Override
  public long points() {
    return axes.values().stream().mapToLong(List::size).reduce(1, SweepPlan::saturatedProduct);
  }

  @Override
  public Map<String, String> values(long index) {
    List<String> keys = new ArrayList<>(axes.keySet());
    String[] chosen = new String[keys.size()];
    long rest = index;
    for (int axis = keys.size() - 1; axis >= 0; axis--) {
      List<String> values = axes.get(keys.get(axis));
      chosen[axis] = values.get((int) (rest % values.size()));
      rest /= values.size();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int axis = 0; axis < chosen.length; axis++) {
      values.put(keys.get(axis), chosen[axis]);
    }
    return values;
  }
}
