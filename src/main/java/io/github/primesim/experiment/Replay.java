package io.github.primesim.experiment;

import io.github.primesim.device.BankActions;
import io.github.primesim.device.ImageProgress;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.device.StageResult;
import io.github.primesim.energy.AreaLedger;
import io.github.primesim.energy.EnergyLedger;
import io.github.primesim.energy.EnergyTable;
import io.github.primesim.energy.Inventory;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Trace;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Simulates and prices a trace. The only place where a result is made: whatever a result tells that
 * is neither time nor energy stands in the trace.
 */
public final class Replay {
  private static final double NS_PER_SECOND = 1e9;

  /** Rounding of sums taken in different orders stays far below this share of the total. */
  private static final double TOLERANCE = 1e-9;

  private Replay() {}

  /**
   * The result of {@code trace} on {@code spec}.
   *
   * @throws InputProblem if the memory cannot execute the trace, or the trace takes no time
   */
  public static RunResult result(Trace trace, HardwareSpec spec) {
    return result(trace, spec, FastForwarding.ON, ImageProgress.SILENT);
  }

  /**
   * The result of {@code trace} on {@code spec}, the same whatever is done about repetitions.
   *
   * @param progress is told how far the simulation has come
   * @throws InputProblem as {@link #result(Trace, HardwareSpec)}
   */
  public static RunResult result(
      Trace trace, HardwareSpec spec, FastForwarding forwarding, ImageProgress progress) {
    return Simulated.of(trace, spec, forwarding, progress).priced(spec);
  }

  /** What was simulated, at the prices of {@code spec}. */
  static RunResult price(Simulated run, HardwareSpec spec) {
    Trace trace = run.trace();
    SimulationResult simulated = run.result();
    Map<String, LayerSum> layers = layers(simulated.stages());
    Inventory inventory = inventory(trace, spec, simulated.stages());
    CompiledNetwork compiled = CompiledNetwork.of(trace);
    return new RunResult(
        compiled,
        simulated.latencyCycles(),
        simulated.latencyNs(),
        simulated.throughput().intervalCycles(),
        simulated.throughput().exact(),
        simulated.throughputPerSecond(),
        simulated.events(),
        layers.values().stream().map(LayerSum::time).toList(),
        energy(spec, layers, inventory, simulated),
        area(inventory),
        Programming.of(compiled, spec),
        Optional.empty());
  }

  /** What the stages of one layer come to. */
  private record LayerSum(
      long begin, long end, Counts<Action> actions, Counts<Stall> stalls, Counts<Stall> pipelined) {
    static LayerSum of(StageResult stage) {
      return new LayerSum(
          stage.beginCycle(),
          stage.endCycle(),
          stage.actions(),
          stage.stalls(),
          stage.pipelinedStalls());
    }

    LayerSum plus(LayerSum other) {
      return new LayerSum(
          Math.min(begin, other.begin),
          Math.max(end, other.end),
          actions.plus(other.actions),
          stalls.plus(other.stalls),
          pipelined.plus(other.pipelined));
    }

    LayerTime time() {
      return new LayerTime(end - begin, byCause(stalls), byCause(pipelined));
    }

    private static Map<String, Long> byCause(Counts<Stall> stalls) {
      Map<String, Long> byCause = new LinkedHashMap<>();
      stalls.asMap().forEach((cause, cycles) -> byCause.put(cause.key(), cycles));
      return byCause;
    }
  }

  private static Map<String, LayerSum> layers(List<StageResult> stages) {
    Map<String, LayerSum> layers = new LinkedHashMap<>();
    for (StageResult stage : stages) {
      layers.merge(stage.layer(), LayerSum.of(stage), LayerSum::plus);
    }
    return layers;
  }

  private static Inventory inventory(Trace trace, HardwareSpec spec, List<StageResult> stages) {
    Counts.Builder<Action> used = new Counts.Builder<>(Action.class);
    stages.forEach(stage -> used.add(stage.actions()));
    SignScheme signs = SignScheme.valueOf(trace.header().signs().toUpperCase(Locale.ROOT));
    return Inventory.of(
        spec, CrossbarGeometry.of(spec, signs), trace.header().indexMemoryBits(), used.build());
  }

  /**
   * Counts are of all copies together, which handle an image each, so an inference has their share.
   * Leakage is shared by all that is under way on the chip.
   */
  private static EnergyBreakdown energy(
      HardwareSpec spec,
      Map<String, LayerSum> layers,
      Inventory inventory,
      SimulationResult simulated) {
    Map<String, Counts<Action>> counts = new LinkedHashMap<>();
    layers.forEach((name, layer) -> counts.put(name, layer.actions()));
    int copies = simulated.copies();
    double nsPerGroup = NS_PER_SECOND / simulated.throughputPerSecond() * copies;
    EnergyLedger ledger = EnergyLedger.of(EnergyTable.of(spec), counts, inventory, nsPerGroup);
    List<EnergyRow> rows = new ArrayList<>();
    for (io.github.primesim.energy.EnergyRow row : ledger.rows()) {
      boolean leaks = row.layer().equals(EnergyLedger.LEAKAGE);
      rows.add(
          new EnergyRow(
              row.component().key(),
              row.level().key(),
              row.layer(),
              row.action(),
              leaks ? row.count() : (double) row.count() / copies,
              leaks ? row.eachPj() / copies : row.eachPj(),
              row.energyPj() / copies));
    }
    return new EnergyBreakdown(rows, banks(EnergyTable.of(spec), ledger, simulated));
  }

  /**
   * The ledger's energy by bank.
   *
   * @throws IllegalStateException if the banks do not add up to the ledger, which is a fault of the
   *     program
   */
  private static List<BankEnergy> banks(
      EnergyTable table, EnergyLedger ledger, SimulationResult simulated) {
    List<BankEnergy> banks = new ArrayList<>();
    for (BankActions bank : simulated.banks()) {
      Map<String, Double> byComponent = new LinkedHashMap<>();
      bank.actions()
          .asMap()
          .forEach(
              (action, count) ->
                  byComponent.merge(
                      action.component().key(),
                      count * table.pricePj(action) / simulated.copies(),
                      Double::sum));
      OptionalInt number = bank.bank();
      banks.add(
          new BankEnergy(
              number.isPresent() ? Integer.toString(number.getAsInt()) : BankEnergy.SHARED,
              byComponent));
    }
    Map<String, Double> leakage = new LinkedHashMap<>();
    for (io.github.primesim.energy.EnergyRow row : ledger.rows()) {
      if (row.layer().equals(EnergyLedger.LEAKAGE)) {
        leakage.merge(row.component().key(), row.energyPj() / simulated.copies(), Double::sum);
      }
    }
    banks.add(new BankEnergy(EnergyLedger.LEAKAGE, leakage));
    double sum = banks.stream().mapToDouble(BankEnergy::total).sum();
    double total = ledger.totalPj() / simulated.copies();
    if (!(Math.abs(sum - total) <= TOLERANCE * total)) {
      throw new IllegalStateException("banks take " + sum + " pJ, the ledger has " + total + " pJ");
    }
    return banks;
  }

  private static AreaBreakdown area(Inventory inventory) {
    Map<String, Double> byComponent = new LinkedHashMap<>();
    AreaLedger.of(inventory)
        .byComponent()
        .forEach((component, um2) -> byComponent.put(component.key(), um2));
    return new AreaBreakdown(byComponent);
  }
}
