package io.github.primesim.validation;

import io.github.primesim.energy.AreaLedger;
import io.github.primesim.energy.EnergyLedger;
import io.github.primesim.energy.EnergyRow;
import io.github.primesim.energy.EnergyTable;
import io.github.primesim.energy.Inventory;
import io.github.primesim.energy.Part;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.hardware.ComponentTable.Place;
import io.github.primesim.hardware.ComponentTable.Row;
import io.github.primesim.metrics.Component;
import io.github.primesim.units.InputProblem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ISAAC's components through the ledgers that add up energy and area of PRIME: its parts are an
 * {@link Inventory} whose power is static, so that a nanosecond of it takes as many picojoules as
 * there are milliwatts.
 */
final class IsaacFigures {
  private static final String FILE = "isaac-32nm";
  private static final double PERCENT = 100;
  private static final double MW_PER_W = 1000;
  private static final double UM2_PER_MM2 = 1e6;

  private IsaacFigures() {}

  static Map<String, Figure> all() {
    return Map.of("isaac", IsaacFigures::total, "isaac-share", IsaacFigures::share);
  }

  private static double total(Question question) {
    ComponentTable table = question.bench().components(FILE);
    Set<Place> units = EnumSet.of(Place.UNIT);
    Set<Place> tiles = EnumSet.of(Place.UNIT, Place.TILE);
    Set<Place> all = EnumSet.allOf(Place.class);
    return switch (question.text("item")) {
      case "imasMw" -> milliwatts(question, parts(table, units, 1));
      case "imasMm2" -> squareMillimetres(parts(table, units, 1));
      case "tileMw" -> milliwatts(question, parts(table, tiles, 1));
      case "tileMm2" -> squareMillimetres(parts(table, tiles, 1));
      case "tilesW" -> milliwatts(question, parts(table, tiles, table.tilesPerChip())) / MW_PER_W;
      case "tilesMm2" -> squareMillimetres(parts(table, tiles, table.tilesPerChip()));
      case "chipW" -> watts(question, table, all);
      case "chipMm2" -> squareMillimetres(parts(table, all, table.tilesPerChip()));
      case "gops" -> gops(table);
      // As the paper does: over the power and the area as printed, to one decimal.
      case "gopsPerW" -> gops(table) / oneDecimal(watts(question, table, all));
      case "gopsPerMm2" ->
          gops(table) / oneDecimal(squareMillimetres(parts(table, all, table.tilesPerChip())));
      default ->
          throw new InputProblem(
              "input 'item' is '"
                  + question.text("item")
                  + "', allowed: imasMw, imasMm2, tileMw, tileMm2, tilesW, tilesMm2, chipW,"
                  + " chipMm2, gops, gopsPerW, gopsPerMm2");
    };
  }

  /** Percent of the power of a chip that one group takes. */
  private static double share(Question question) {
    ComponentTable table = question.bench().components(FILE);
    String group = question.text("part");
    List<Row> rows = table.parts().stream().filter(row -> row.group().equals(group)).toList();
    if (rows.isEmpty()) {
      throw new InputProblem("input 'part' is '" + group + "', which is no group of " + FILE);
    }
    List<Part> all = parts(table, EnumSet.allOf(Place.class), table.tilesPerChip());
    double part =
        ledger(question, all).rows().stream()
            .filter(row -> rows.stream().anyMatch(each -> each.name().equals(row.action())))
            .mapToDouble(EnergyRow::energyPj)
            .sum();
    return PERCENT * part / milliwatts(question, all);
  }

  private static List<Part> parts(ComponentTable table, Set<Place> places, int tiles) {
    return table.parts().stream()
        .filter(row -> places.contains(row.place()))
        .map(
            row ->
                new Part(
                    component(row),
                    row.name(),
                    switch (row.place()) {
                      case UNIT -> (long) tiles * table.unitsPerTile();
                      case TILE -> tiles;
                      case CHIP -> 1;
                    },
                    row.powerMw() / row.sharedBy(),
                    UM2_PER_MM2 * row.areaMm2() / row.sharedBy()))
        .toList();
  }

  private static Component component(Row row) {
    return Arrays.stream(Component.values())
        .filter(component -> component.key().equals(row.component()))
        .findFirst()
        .orElseThrow(
            () -> new InputProblem(FILE + ": '" + row.component() + "' is no component of PRIME"));
  }

  private static double watts(Question question, ComponentTable table, Set<Place> places) {
    return milliwatts(question, parts(table, places, table.tilesPerChip())) / MW_PER_W;
  }

  private static double milliwatts(Question question, List<Part> parts) {
    return ledger(question, parts).totalPj();
  }

  /** A nanosecond in which nothing happens but that the parts draw their power. */
  private static EnergyLedger ledger(Question question, List<Part> parts) {
    return EnergyLedger.of(EnergyTable.of(question.hardware()), Map.of(), new Inventory(parts), 1);
  }

  private static double squareMillimetres(List<Part> parts) {
    return AreaLedger.of(new Inventory(parts)).totalUm2() / UM2_PER_MM2;
  }

  private static double gops(ComponentTable table) {
    double arrays = (double) table.tilesPerChip() * table.unitsPerTile() * table.arraysPerUnit();
    return arrays * table.operationsPerArray() / table.periodNs();
  }

  private static double oneDecimal(double value) {
    return Math.rint(value * 10) / 10;
  }
}
