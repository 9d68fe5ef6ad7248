package io.github.primesim.energy;

import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The energy of one inference: what each component did for each layer, times its price, and what
 * leaked meanwhile.
 *
 * <p>Leakage is that of everything on the chip that computes ({@link Part#computes}), used or not,
 * over the time per image: the reciprocal of the chip's throughput, so that images that run side by
 * side share it. For a single image this is its latency. Memory subarrays serve the processor
 * meanwhile and are not charged.
 *
 * <p>Every ledger is checked when it is made: each count is in exactly one row, and rows,
 * components and layers add up to the same total.
 */
public final class EnergyLedger {
  /** Stands for the layer of energy that no layer caused; no layer has such a name. */
  public static final String LEAKAGE = "(leakage)";

  /** Rounding of sums taken in different orders stays far below this share of the total. */
  private static final double TOLERANCE = 1e-9;

  private final List<EnergyRow> rows;
  private final Map<Component, Double> byComponent;
  private final Map<String, Double> byLayer;
  private final double totalPj;

  private EnergyLedger(List<EnergyRow> rows) {
    this.rows = List.copyOf(rows);
    Map<Component, Double> components = new EnumMap<>(Component.class);
    Map<String, Double> layers = new LinkedHashMap<>();
    double total = 0;
    for (EnergyRow row : rows) {
      components.merge(row.component(), row.energyPj(), Double::sum);
      layers.merge(row.layer(), row.energyPj(), Double::sum);
      total += row.energyPj();
    }
    byComponent = Collections.unmodifiableMap(components);
    byLayer = Collections.unmodifiableMap(layers);
    totalPj = total;
  }

  /**
   * The ledger of an inference.
   *
   * @param countsByLayer what was done for each layer for one image, layers in their order
   * @param inventory what leaks
   * @param nsPerImage reciprocal of the chip's throughput, in nanoseconds
   * @throws IllegalArgumentException for an action without a price
   * @throws IllegalStateException if the breakdown does not add up, which is a fault of the program
   */
  public static EnergyLedger of(
      EnergyTable table,
      Map<String, Counts<Action>> countsByLayer,
      Inventory inventory,
      double nsPerImage) {
    if (!(nsPerImage >= 0) || Double.isInfinite(nsPerImage)) {
      throw new IllegalArgumentException("an image cannot take " + nsPerImage + " ns");
    }
    List<EnergyRow> rows = new ArrayList<>();
    countsByLayer.forEach(
        (layer, counts) ->
            counts
                .asMap()
                .forEach(
                    (action, count) ->
                        rows.add(EnergyRow.of(action, layer, count, table.pricePj(action)))));
    for (Part part : inventory.parts()) {
      // A milliwatt for a nanosecond is a picojoule.
      double each = part.leakageMw() * nsPerImage;
      if (part.computes() && part.count() > 0 && each > 0) {
        rows.add(EnergyRow.of(part, LEAKAGE, each));
      }
    }
    EnergyLedger ledger = new EnergyLedger(rows);
    ledger.check(countsByLayer);
    return ledger;
  }

  /** Every line, layers in their order, actions in that of their declaration, leakage last. */
  public List<EnergyRow> rows() {
    return rows;
  }

  /** Energy of each component that took any, in picojoules, leakage included. */
  public Map<Component, Double> byComponent() {
    return byComponent;
  }

  /** Energy of each layer in picojoules, in their order; {@link #LEAKAGE} is the last one. */
  public Map<String, Double> byLayer() {
    return byLayer;
  }

  /** Energy of the inference in picojoules. */
  public double totalPj() {
    return totalPj;
  }

  /** The part of the total that leaked, in picojoules. */
  public double leakagePj() {
    return byLayer.getOrDefault(LEAKAGE, 0.0);
  }

  /** Refuses a breakdown in which something is missing, doubled or wrongly multiplied. */
  private void check(Map<String, Counts<Action>> countsByLayer) {
    Counts.Builder<Action> expected = new Counts.Builder<>(Action.class);
    countsByLayer.values().forEach(expected::add);
    check(rows, expected.build(), totalPj, byComponent, byLayer);
  }

  /** The check itself, on rows and sums that need not belong together. */
  static void check(
      List<EnergyRow> rows,
      Counts<Action> expected,
      double totalPj,
      Map<Component, Double> byComponent,
      Map<String, Double> byLayer) {
    Map<String, Long> counted = new LinkedHashMap<>();
    BigDecimal exact = BigDecimal.ZERO;
    for (EnergyRow row : rows) {
      if (!row.layer().equals(LEAKAGE)) {
        counted.merge(row.action(), row.count(), Math::addExact);
      }
      exact = exact.add(BigDecimal.valueOf(row.count()).multiply(BigDecimal.valueOf(row.eachPj())));
    }
    for (Action action : Action.values()) {
      long count = counted.getOrDefault(action.key(), 0L);
      if (count != expected.get(action)) {
        throw new IllegalStateException(
            "energy breakdown lists "
                + count
                + " "
                + action.key()
                + ", but "
                + expected.get(action)
                + " were counted");
      }
    }
    double total = exact.doubleValue();
    same("the total", totalPj, total);
    same("components", byComponent.values().stream().mapToDouble(d -> d).sum(), total);
    same("layers", byLayer.values().stream().mapToDouble(d -> d).sum(), total);
  }

  private static void same(String what, double sum, double total) {
    if (!(Math.abs(sum - total) <= TOLERANCE * total)) {
      throw new IllegalStateException(
          "energy breakdown does not add up: " + what + " " + sum + " pJ, rows " + total + " pJ");
    }
  }
}
