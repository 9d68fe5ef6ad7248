package io.github.primesim.experiment.sweep;

import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Watches over {@link Iso}: sees points one after the other and refuses what cannot be compared. Of
 * each group of comparable points it remembers the extremes alone.
 */
public final class IsoCheck {
  private final Iso iso;
  private final Map<List<String>, Map<String, Seen>> equal = new HashMap<>();
  private final Map<List<String>, Map<String, Range>> within = new HashMap<>();

  private record Seen(String point, String value) {}

  private record Measured(String point, double value) {}

  private record Range(Measured least, Measured most) {}

  public IsoCheck(Iso iso) {
    this.iso = iso;
  }

  /** Whether anything has to be known of results. */
  public boolean asksForResults() {
    return !iso.within().isEmpty();
  }

  /**
   * Makes sure that all designs of a sweep can be compared. Points that describe no design at all
   * are left out.
   *
   * @throws InputProblem naming two points that differ in what must be equal
   */
  public void requireEqual(SweepPlan plan, PointDesign.Source designs) {
    if (iso.equal().isEmpty()) {
      return;
    }
    for (int index = 0; index < plan.size(); index++) {
      SweepPoint point = plan.point(index);
      design(designs, point).ifPresent(design -> add(point, design));
    }
  }

  private static Optional<PointDesign> design(PointDesign.Source designs, SweepPoint point) {
    try {
      return Optional.of(designs.of(point));
    } catch (InputProblem fails) {
      return Optional.empty();
    }
  }

  private void add(SweepPoint point, PointDesign design) {
    List<String> group = group(design.settings());
    Map<String, Seen> seen = equal.computeIfAbsent(group, any -> new HashMap<>());
    for (String key : iso.equal()) {
      String value =
          key.equals(Iso.CELLS)
              ? Long.toString(design.cells())
              : String.valueOf(design.settings().get(key));
      Seen first = seen.putIfAbsent(key, new Seen(point.name(), value));
      if (first != null && !first.value().equals(value)) {
        throw new InputProblem(
            "iso.equal: "
                + key
                + " is "
                + first.value()
                + " in point '"
                + first.point()
                + "' and "
                + value
                + " in point '"
                + point.name()
                + "'"
                + shared(group)
                + ", allowed: the same");
      }
    }
  }

  /**
   * A result that is compared.
   *
   * @param name of the point
   * @param columns its keys and results by column
   */
  public void result(String name, Map<String, String> columns) {
    Map<String, Range> ranges = within.computeIfAbsent(group(columns), any -> new HashMap<>());
    for (String column : iso.within().keySet()) {
      Measured measured = new Measured(name, Double.parseDouble(columns.get(column)));
      ranges.merge(
          column,
          new Range(measured, measured),
          (before, now) ->
              new Range(
                  measured.value() < before.least().value() ? measured : before.least(),
                  measured.value() > before.most().value() ? measured : before.most()));
    }
  }

  /**
   * To be asked when all results have been seen.
   *
   * @throws InputProblem naming two points that are too far apart
   */
  public void requireWithin() {
    within.forEach(
        (group, ranges) ->
            ranges.forEach(
                (column, range) -> {
                  double allowed = range.least().value() * (1 + iso.within().get(column));
                  if (range.most().value() > allowed) {
                    throw new InputProblem(
                        String.format(
                            Locale.ROOT,
                            "iso.within: %s is %s in point '%s' and %s in point '%s'%s, allowed: up"
                                + " to %s",
                            column,
                            range.least().value(),
                            range.least().point(),
                            range.most().value(),
                            range.most().point(),
                            shared(group),
                            allowed));
                  }
                }));
  }

  private List<String> group(Map<String, String> values) {
    List<String> group = new ArrayList<>();
    iso.per().forEach(key -> group.add(String.valueOf(values.get(key))));
    return group;
  }

  private String shared(List<String> group) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      words.add(iso.per().get(i) + " " + group.get(i));
    }
    return words.isEmpty() ? "" : " (both " + String.join(", ", words) + ")";
  }
}
