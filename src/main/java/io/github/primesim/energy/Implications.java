package io.github.primesim.energy;

import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a hardware file implies, to be held against published figures before anything is simulated.
 *
 * <p>Peak figures are those of all mats working at once on full mats and uniform data ({@link
 * MatOperation}); a multiply-accumulate is two operations. They are no forecast for a network:
 * there, inputs are sparser, mats idle, and partial sums travel.
 *
 * @param geometry crossbars of the file
 * @param capacity what fits
 * @param operation one operation of a full mat
 * @param pjByComponent energy of that operation in picojoules, leakage included
 * @param pjPerOperation their sum
 * @param peakTops tera-operations per second of the chip, at the file's precision
 * @param peakTopsPerWatt the same per watt, leakage included
 * @param pjPerBit energy per bit moved, by path
 * @param leakageWatt static power of everything that computes
 * @param computeAreaMm2 area of everything but the memory subarrays
 */
public record Implications(
    CrossbarGeometry geometry,
    Capacity capacity,
    MatOperation operation,
    Map<Component, Double> pjByComponent,
    double pjPerOperation,
    double peakTops,
    double peakTopsPerWatt,
    Map<Action, Double> pjPerBit,
    double leakageWatt,
    double computeAreaMm2) {
  private static final double UM2_PER_MM2 = 1e6;
  private static final double MILLIWATTS_PER_WATT = 1000;

  /** Operations per nanosecond are 10^9 per second, a thousandth of a tera-operation. */
  private static final double GIGA_PER_TERA = 1000;

  public Implications {
    pjByComponent = Collections.unmodifiableMap(new EnumMap<>(pjByComponent));
    pjPerBit = Collections.unmodifiableMap(new EnumMap<>(pjPerBit));
  }

  /** What {@code spec} implies for weights held as {@code signs}. */
  public static Implications of(HardwareSpec spec, SignScheme signs) {
    CrossbarGeometry geometry = CrossbarGeometry.of(spec, signs);
    Capacity capacity = Capacity.of(spec, geometry);
    MatOperation operation = MatOperation.of(spec, geometry);
    EnergyTable table = EnergyTable.of(spec);
    Inventory inventory = Inventory.of(spec, geometry, 0, operation.actions());
    Map<String, Counts<Action>> counts = new LinkedHashMap<>();
    counts.put("mat operation", operation.actions());
    EnergyLedger ledger =
        EnergyLedger.of(table, counts, inventory, operation.ns() / capacity.mats());
    double operations = 2.0 * capacity.matRows() * capacity.matColumns();
    Map<Action, Double> paths = new EnumMap<>(Action.class);
    for (Action path :
        new Action[] {
          Action.BUFFER_READ_BITS,
          Action.BUFFER_WRITE_BITS,
          Action.PORT_BITS,
          Action.GLOBAL_DATA_LINE_BITS,
          Action.INTER_BANK_BITS,
          Action.MEMORY_READ_BITS,
          Action.MEMORY_WRITE_BITS
        }) {
      paths.put(path, table.pricePj(path));
    }
    return new Implications(
        geometry,
        capacity,
        operation,
        ledger.byComponent(),
        ledger.totalPj(),
        operations * capacity.mats() / operation.ns() / GIGA_PER_TERA,
        operations / ledger.totalPj(),
        paths,
        inventory.computeLeakageMw() / MILLIWATTS_PER_WATT,
        AreaLedger.of(inventory).computeUm2() / UM2_PER_MM2);
  }
}
