package io.github.primesim.validation;

import io.github.primesim.energy.EnergyLedger;
import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.EnergyBreakdown;
import io.github.primesim.experiment.EnergyRow;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.Timing;
import io.github.primesim.metrics.Action;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a simulated run spends time and energy on. */
final class RunFigures {
  private static final double PERCENT = 100;
  private static final double A_THOUSAND_TIMES = 1000;

  private RunFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "memory-time", RunFigures::memoryTime,
        "activations-per-output", RunFigures::activationsPerOutput,
        "digital-poolings", RunFigures::digitalPoolings,
        "energy-of-component", RunFigures::energyOfComponent,
        "energy-share", EnergyShare::of);
  }

  /**
   * Percent of the time per image that goes away when the buffers, ports and data lines of a bank
   * are a thousand times as fast.
   */
  private static double memoryTime(Question question) {
    Timing timing = question.hardware().timing();
    List<String> fast =
        List.of(
            times("bufferReadBitsPerNs", timing.bufferReadBitsPerNs().value()),
            times("bufferWriteBitsPerNs", timing.bufferWriteBitsPerNs().value()),
            times("portBitsPerNs", timing.portBitsPerNs().value()),
            times("globalDataLineBitsPerNs", timing.globalDataLineBitsPerNs().value()));
    double as = question.run().throughputPerSecond();
    double without = question.run(question.text("network"), fast).throughputPerSecond();
    return PERCENT * (1 - as / without);
  }

  private static String times(String key, double value) {
    return "timing." + key + "=" + BigDecimal.valueOf(A_THOUSAND_TIMES * value).toPlainString();
  }

  private static double activationsPerOutput(Question question) {
    CompiledLayer layer = MappingFigures.layer(question);
    double activations =
        count(
            question.run().energyPj(),
            row -> row.layer().equals(layer.name()) && is(row, Action.ACTIVATIONS));
    return activations / ((double) layer.columns() * layer.positions());
  }

  /** Percent of the pooling layers that take digital comparisons and no conversion. */
  private static double digitalPoolings(Question question) {
    RunResult run = question.run();
    List<String> pooling =
        run.compiled().layers().stream()
            .filter(layer -> layer.kind().endsWith("Pool"))
            .map(CompiledLayer::name)
            .toList();
    long digital =
        pooling.stream()
            .filter(
                name ->
                    run.energyPj().rows().stream()
                        .noneMatch(
                            row -> row.layer().equals(name) && row.action().startsWith("convert-")))
            .count();
    return pooling.isEmpty() ? 0 : PERCENT * digital / pooling.size();
  }

  private static double energyOfComponent(Question question) {
    EnergyBreakdown energy = question.run().energyPj();
    String component = question.text("component");
    return PERCENT * energy.byComponent().getOrDefault(component, 0.0) / energy.total();
  }

  private static double count(EnergyBreakdown energy, Predicate<EnergyRow> which) {
    return energy.rows().stream().filter(which).mapToDouble(EnergyRow::count).sum();
  }

  private static boolean is(EnergyRow row, Action action) {
    return row.action().equals(action.key()) && !row.layer().equals(EnergyLedger.LEAKAGE);
  }
}
