package io.github.primesim.experiment;

import io.github.primesim.energy.EnergyLedger;
import io.github.primesim.metrics.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Energy of one inference in picojoules. Every view is a sum over the same rows.
 *
 * @param rows each component, layer and action that occurs
 * @param banks the same energy by bank of an instance; what banks share and leakage come last
 */
public record EnergyBreakdown(List<EnergyRow> rows, List<BankEnergy> banks) {
  public EnergyBreakdown {
    rows = List.copyOf(rows);
    banks = List.copyOf(banks);
  }

  /** The sum over all rows. */
  public double total() {
    return rows.stream().mapToDouble(EnergyRow::pj).sum();
  }

  /** Sums by component, in the order in which components first occur. */
  public Map<String, Double> byComponent() {
    return sums(EnergyRow::component);
  }

  /** Sums by layer, in the order of the network. */
  public Map<String, Double> byLayer() {
    return sums(EnergyRow::layer);
  }

  /** Sums by action; static power by the part that it is lost in. */
  public Map<String, Double> byAction() {
    return sums(
        row ->
            row.layer().equals(EnergyLedger.LEAKAGE)
                ? row.layer() + " " + row.action()
                : row.action());
  }

  /** Sums by level of the hierarchy, from the arrays outwards. */
  public Map<String, Double> byLevel() {
    Map<String, Double> unordered = sums(EnergyRow::level);
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (Level level : Level.values()) {
      if (unordered.containsKey(level.key())) {
        ordered.put(level.key(), unordered.get(level.key()));
      }
    }
    return Collections.unmodifiableMap(ordered);
  }

  /** Sums by bank of an instance. */
  public Map<String, Double> byBank() {
    Map<String, Double> sums = new LinkedHashMap<>();
    banks.forEach(bank -> sums.put(bank.bank(), bank.total()));
    return Collections.unmodifiableMap(sums);
  }

  private Map<String, Double> sums(Function<EnergyRow, String> view) {
    Map<String, List<EnergyRow>> groups = new LinkedHashMap<>();
    for (EnergyRow row : rows) {
      groups.computeIfAbsent(view.apply(row), name -> new ArrayList<>()).add(row);
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    groups.forEach(
        (name, group) -> sums.put(name, group.stream().mapToDouble(EnergyRow::pj).sum()));
    return Collections.unmodifiableMap(sums);
  }
}
