package io.github.primesim.energy;

import io.github.primesim.metrics.Component;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The area of a memory, part by part. */
public final class AreaLedger {
  /**
   * One line of an area breakdown.
   *
   * @param component what takes the area
   * @param part what one of them is
   * @param count how many there are
   * @param eachUm2 area of one, in square microns
   * @param areaUm2 {@code count x eachUm2}
   */
  public record Row(Component component, String part, long count, double eachUm2, double areaUm2) {}

  private final List<Row> rows;
  private final Map<Component, Double> byComponent;
  private final double totalUm2;

  private AreaLedger(List<Row> rows) {
    this.rows = List.copyOf(rows);
    Map<Component, Double> components = new EnumMap<>(Component.class);
    double total = 0;
    for (Row row : rows) {
      components.merge(row.component(), row.areaUm2(), Double::sum);
      total += row.areaUm2();
    }
    byComponent = Collections.unmodifiableMap(components);
    totalUm2 = total;
  }

  /** The areas of {@code inventory}, parts that are not there left out. */
  public static AreaLedger of(Inventory inventory) {
    List<Row> rows = new ArrayList<>();
    for (Part part : inventory.parts()) {
      if (part.count() > 0) {
        rows.add(
            new Row(
                part.component(),
                part.name(),
                part.count(),
                part.areaUm2(),
                part.count() * part.areaUm2()));
      }
    }
    return new AreaLedger(rows);
  }

  /** Every line, in the order of the components. */
  public List<Row> rows() {
    return rows;
  }

  /** Area of each component in square microns. */
  public Map<Component, Double> byComponent() {
    return byComponent;
  }

  /** Area of the whole memory in square microns. */
  public double totalUm2() {
    return totalUm2;
  }

  /** Area of everything but the memory subarrays: what a crossbar size changes. */
  public double computeUm2() {
    return totalUm2 - byComponent.getOrDefault(Component.MEMORY_SUBARRAY, 0.0);
  }
}
