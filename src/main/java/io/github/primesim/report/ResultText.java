package io.github.primesim.report;

import io.github.primesim.experiment.AccuracyResult;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.CrossbarCount;
import io.github.primesim.experiment.LayerTime;
import io.github.primesim.experiment.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Results as tables for a terminal. */
public final class ResultText {
  private static final int BAR_WIDTH = 30;

  private final Bars bars;

  /**
   * @param unicode whether the terminal shows block characters
   */
  public ResultText(boolean unicode) {
    this.bars = unicode ? Bars.BLOCKS : Bars.ASCII;
  }

  /** What was compiled: crossbars, bounds, utilisation and metadata, in total and by layer. */
  public String of(CompiledNetwork compiled) {
    return title(compiled)
        + mappingLine(compiled)
        + '\n'
        + compiledTotals(compiled).text()
        + '\n'
        + compiledLayers(compiled).text();
  }

  /** One result. */
  public String of(RunResult result) {
    CompiledNetwork compiled = result.compiled();
    return title(compiled)
        + mappingLine(compiled)
        + '\n'
        + totals(result).text()
        + '\n'
        + layers(result).text()
        + '\n'
        + energy(List.of(result)).text()
        + '\n'
        + stalls(result)
        + areaLine(result);
  }

  /** A baseline and a result side by side, with what the result gains. */
  public String of(Comparison comparison) {
    RunResult baseline = comparison.baseline();
    RunResult result = comparison.result();
    CompiledNetwork compiled = result.compiled();
    return title(compiled)
        + compiled.mapping()
        + " against "
        + baseline.compiled().mapping()
        + ", "
        + design(compiled)
        + "\n\n"
        + gains(comparison).text()
        + '\n'
        + energy(List.of(baseline, result)).text();
  }

  /** Accuracy by arithmetic. */
  public String of(AccuracyResult result) {
    TextTable table = new TextTable("arithmetic", "correct", "accuracy", "<");
    for (Map.Entry<String, Integer> entry : result.correct().entrySet()) {
      double share = result.share(entry.getKey());
      table.row(
          entry.getKey(),
          Numbers.count(entry.getValue()) + " of " + Numbers.count(result.images()),
          String.format(Locale.ROOT, "%.2f %%", 100 * share),
          bars.bar(share, BAR_WIDTH));
    }
    return result.network()
        + " ("
        + result.weights()
        + " weights) on "
        + result.hardware()
        + ", "
        + result.mapping()
        + ", "
        + result.crossbar().replace("x", " x ")
        + " crossbars, signs "
        + result.signs()
        + "\n\n"
        + table.text();
  }

  static String title(CompiledNetwork compiled) {
    List<String> set = new ArrayList<>(compiled.provenance().overrides());
    // The size of the crossbars has its place in the line below.
    set.removeIf(key -> key.startsWith("organization.crossbar"));
    return compiled.network()
        + " ("
        + compiled.weights()
        + " weights) on "
        + compiled.hardware()
        + (set.isEmpty() ? "" : " with " + String.join(", ", set))
        + '\n';
  }

  private static String mappingLine(CompiledNetwork compiled) {
    return compiled.mapping() + ", " + design(compiled) + '\n';
  }

  static String design(CompiledNetwork compiled) {
    return compiled.crossbar().replace("x", " x ")
        + " crossbars, signs "
        + compiled.signs()
        + ", replication "
        + compiled.replication()
        + (compiled.batch() == 0 ? "" : ", batch " + compiled.batch());
  }

  private static TextTable compiledTotals(CompiledNetwork compiled) {
    TextTable table = new TextTable("total", "");
    CrossbarCount crossbars = compiled.crossbars();
    return table
        .row("crossbars, dense", Numbers.count(crossbars.dense()))
        .row("crossbars, mapped", Numbers.count(crossbars.mapped()))
        .row("crossbars, lower bound", Numbers.count(crossbars.lowerBound()))
        .row("reduction", Numbers.ratio(crossbars.reduction()))
        .row("cells in use", Numbers.percent(compiled.utilization().cells()))
        .row("FF cells before replication", Numbers.percent(compiled.utilization().ffBefore()))
        .row("FF cells after replication", Numbers.percent(compiled.utilization().ffAfter()))
        .row("banks", Numbers.count(compiled.banks()))
        .row("instances", Numbers.count(compiled.instances()))
        .row("index memory, one copy", Numbers.bits(compiled.metadataBits()))
        .row("index memory, all copies", Numbers.bits(compiled.indexMemoryBits()));
  }

  private static TextTable compiledLayers(CompiledNetwork compiled) {
    TextTable table =
        new TextTable(
            "layer", "<kind", "matrix", "non-zero", "dense", "mapped", "bound", "copies", "index");
    for (CompiledLayer layer : compiled.layers()) {
      boolean weighted = layer.rows() > 0;
      table.row(
          layer.name(),
          layer.kind(),
          weighted ? layer.rows() + "x" + layer.columns() : "",
          weighted ? Numbers.count(layer.nonZeros()) : "",
          weighted ? Numbers.count(layer.crossbars().dense()) : "",
          weighted ? Numbers.count(layer.crossbars().mapped()) : "",
          weighted ? Numbers.count(layer.crossbars().lowerBound()) : "",
          weighted ? Numbers.count(layer.replicas()) : "",
          weighted ? Numbers.bits(layer.metadataBits()) : "");
    }
    return table;
  }

  private static TextTable totals(RunResult result) {
    CompiledNetwork compiled = result.compiled();
    CrossbarCount crossbars = compiled.crossbars();
    return new TextTable("total", "", "<")
        .row(
            "crossbars",
            Numbers.count(crossbars.mapped()),
            "of "
                + Numbers.count(crossbars.dense())
                + " dense, at least "
                + Numbers.count(crossbars.lowerBound()))
        .row(
            "FF cells in use",
            Numbers.percent(compiled.utilization().ffAfter()),
            Numbers.percent(compiled.utilization().ffBefore()) + " before replication")
        .row(
            "latency",
            Numbers.scaled(result.latencyNs() * 1e-9, "s"),
            Numbers.count(result.cycles()) + " cycles")
        .row(
            "throughput",
            Numbers.scaled(result.throughputPerSecond(), "inf/s"),
            Numbers.count(compiled.instances()) + instances(compiled))
        .row(
            "energy per inference",
            Numbers.scaled(result.energyPj().total() * 1e-12, "J"),
            Numbers.fixed(result.pjPerMac())
                + " pJ/MAC, "
                + Numbers.fixed(result.topsPerWatt())
                + " TOPS/W")
        .row(
            "area",
            Numbers.fixed(result.areaUm2().total() * 1e-6) + " mm2",
            Numbers.fixed(result.computeMm2()) + " mm2 without memory subarrays");
  }

  private static String instances(CompiledNetwork compiled) {
    return (compiled.instances() == 1 ? " instance on " : " instances on ")
        + Numbers.count(compiled.banks())
        + " banks";
  }

  private TextTable layers(RunResult result) {
    TextTable table =
        new TextTable("layer", "matrix", "crossbars", "copies", "cycles", "energy", "share", "<");
    double total = result.energyPj().total();
    Map<String, Double> byLayer = result.energyPj().byLayer();
    for (int i = 0; i < result.layerTimes().size(); i++) {
      CompiledLayer layer = result.compiled().layers().get(i);
      LayerTime time = result.layerTimes().get(i);
      double pj = byLayer.getOrDefault(layer.name(), 0.0);
      table.row(
          layer.name(),
          layer.rows() == 0 ? "" : layer.rows() + "x" + layer.columns(),
          layer.rows() == 0 ? "" : Numbers.count(layer.crossbars().mapped()),
          Numbers.count(layer.replicas()),
          Numbers.count(time.cycles()),
          Numbers.scaled(pj * 1e-12, "J"),
          Numbers.percent(pj / total),
          bars.bar(pj / total, BAR_WIDTH));
    }
    return table;
  }

  /** Energy by component, one column a result; bars are shares of the largest total. */
  private TextTable energy(List<RunResult> results) {
    Set<String> components = new LinkedHashSet<>();
    List<String> heads = new ArrayList<>(List.of("energy by component"));
    for (RunResult result : results) {
      components.addAll(result.energyPj().byComponent().keySet());
      heads.add(result.compiled().mapping());
      heads.add("share");
      heads.add("<");
    }
    TextTable table = new TextTable(heads.toArray(String[]::new));
    double largest = results.stream().mapToDouble(r -> r.energyPj().total()).max().orElse(1);
    RunResult last = results.get(results.size() - 1);
    components.stream()
        .sorted(
            Comparator.comparingDouble(
                name -> -last.energyPj().byComponent().getOrDefault(name, 0.0)))
        .forEach(
            name -> {
              List<String> cells = new ArrayList<>(List.of(name));
              for (RunResult result : results) {
                double pj = result.energyPj().byComponent().getOrDefault(name, 0.0);
                cells.add(pj == 0 ? "-" : Numbers.scaled(pj * 1e-12, "J"));
                cells.add(Numbers.percent(pj / result.energyPj().total()));
                cells.add(bars.bar(pj / largest, BAR_WIDTH));
              }
              table.row(cells.toArray(String[]::new));
            });
    List<String> sum = new ArrayList<>(List.of("total"));
    for (RunResult result : results) {
      sum.addAll(List.of(Numbers.scaled(result.energyPj().total() * 1e-12, "J"), "100.0 %", ""));
    }
    return table.row(sum.toArray(String[]::new));
  }

  private String stalls(RunResult result) {
    Map<String, Long> stalls = result.stallCycles();
    if (stalls.isEmpty()) {
      return "";
    }
    long sum = stalls.values().stream().mapToLong(Long::longValue).sum();
    TextTable table = new TextTable("waited for", "cycles", "share", "<");
    stalls.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            entry ->
                table.row(
                    entry.getKey(),
                    Numbers.count(entry.getValue()),
                    Numbers.percent((double) entry.getValue() / sum),
                    bars.bar((double) entry.getValue() / sum, BAR_WIDTH)));
    return table.text() + '\n';
  }

  private static String areaLine(RunResult result) {
    List<String> parts = new ArrayList<>();
    double total = result.areaUm2().total();
    result.areaUm2().byComponent().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            entry -> parts.add(entry.getKey() + " " + Numbers.percent(entry.getValue() / total)));
    return "area: " + String.join(", ", parts) + '\n';
  }

  private static TextTable gains(Comparison comparison) {
    RunResult baseline = comparison.baseline();
    RunResult result = comparison.result();
    return new TextTable("", baseline.compiled().mapping(), result.compiled().mapping(), "gain")
        .row(
            "crossbars",
            Numbers.count(baseline.compiled().crossbars().mapped()),
            Numbers.count(result.compiled().crossbars().mapped()),
            Numbers.ratio(
                (double) baseline.compiled().crossbars().mapped()
                    / result.compiled().crossbars().mapped()))
        .row(
            "FF cells in use",
            Numbers.percent(baseline.compiled().utilization().ffAfter()),
            Numbers.percent(result.compiled().utilization().ffAfter()),
            "")
        .row(
            "index memory",
            Numbers.bits(baseline.compiled().indexMemoryBits()),
            Numbers.bits(result.compiled().indexMemoryBits()),
            "")
        .row(
            "latency, cycles",
            Numbers.count(baseline.cycles()),
            Numbers.count(result.cycles()),
            Numbers.ratio(comparison.speedup().latency()))
        .row(
            "latency",
            Numbers.scaled(baseline.latencyNs() * 1e-9, "s"),
            Numbers.scaled(result.latencyNs() * 1e-9, "s"),
            Numbers.ratio(comparison.speedup().latency()))
        .row(
            "throughput",
            Numbers.scaled(baseline.throughputPerSecond(), "inf/s"),
            Numbers.scaled(result.throughputPerSecond(), "inf/s"),
            Numbers.ratio(comparison.speedup().throughput()))
        .row(
            "energy per inference",
            Numbers.scaled(baseline.energyPj().total() * 1e-12, "J"),
            Numbers.scaled(result.energyPj().total() * 1e-12, "J"),
            Numbers.ratio(comparison.energyRatio()))
        .row(
            "energy per MAC",
            Numbers.fixed(baseline.pjPerMac()) + " pJ",
            Numbers.fixed(result.pjPerMac()) + " pJ",
            "")
        .row(
            "area, memory subarrays left out",
            Numbers.fixed(baseline.computeMm2()) + " mm2",
            Numbers.fixed(result.computeMm2()) + " mm2",
            Numbers.ratio(baseline.computeMm2() / result.computeMm2()));
  }
}
