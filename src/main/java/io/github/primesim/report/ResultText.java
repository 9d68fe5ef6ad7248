package io.github.primesim.report;

import io.github.primesim.experiment.AccuracyResult;
import io.github.primesim.experiment.ChipAccuracy;
import io.github.primesim.experiment.ChipSample;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.CrossbarCount;
import io.github.primesim.experiment.CrossbarFill;
import io.github.primesim.experiment.IndexMemory;
import io.github.primesim.experiment.LayerTime;
import io.github.primesim.experiment.MappedLayerReport;
import io.github.primesim.experiment.MappingReport;
import io.github.primesim.experiment.Programming;
import io.github.primesim.experiment.RunResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
  public String of(CompiledNetwork compiled, MappingReport mapping) {
    return title(compiled)
        + mappingLine(compiled)
        + '\n'
        + compiledTotals(compiled, mapping.total()).text()
        + '\n'
        + compiledLayers(compiled, mapping).text()
        + '\n'
        + mappedLayers(mapping).text()
        + '\n'
        + histogram(mapping.total().fill()).text()
        + inputOrders(mapping);
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
        + ActivityText.of(result)
        + stalls(result)
        + areaLine(result)
        + programmingLine(result);
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
        + energy(List.of(baseline, result)).text()
        + ActivityText.line(baseline)
        + ActivityText.line(result);
  }

  /** Accuracy by arithmetic. */
  public String of(AccuracyResult result) {
    TextTable table = new TextTable("arithmetic", "correct", "accuracy", "<");
    result
        .correct()
        .forEach((name, correct) -> row(table, name, Numbers.count(correct), correct, result));
    result
        .chips()
        .ifPresent(
            chips -> {
              if (chips.correct().size() == 1) {
                row(table, "chip", Numbers.count(chips.least()), chips.least(), result);
                return;
              }
              row(table, "worst chip", Numbers.count(chips.least()), chips.least(), result);
              row(table, "mean", Numbers.fixed(chips.mean()), chips.mean(), result);
              row(table, "best chip", Numbers.count(chips.most()), chips.most(), result);
            });
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
        + '\n'
        + calibration(result)
        + result.chips().map(ResultText::chips).orElse("")
        + "\n\n"
        + table.text();
  }

  private void row(
      TextTable table, String name, String correct, double images, AccuracyResult result) {
    double share = images / result.images();
    table.row(
        name,
        correct + " of " + Numbers.count(result.images()),
        String.format(Locale.ROOT, "%.2f %%", 100 * share),
        bars.bar(share, BAR_WIDTH));
  }

  private static String chips(ChipAccuracy chips) {
    ChipSample sample = chips.sample();
    StringBuilder text = new StringBuilder("\n");
    text.append(
        chips.correct().size() == 1 ? "1 chip" : Numbers.count(chips.correct().size()) + " chips");
    List<String> parts = new ArrayList<>();
    if (sample.spread() > 0 || sample.stuckOff() > 0 || sample.stuckOn() > 0) {
      parts.add(
          "cells of their own: a spread of "
              + plain(100 * sample.spread())
              + " %, "
              + plain(100 * sample.stuckOff())
              + " % stuck at level 0, "
              + plain(100 * sample.stuckOn())
              + " % at the highest,\nwhich conducts "
              + Numbers.ratio(chips.onOffRatio())
              + " what level 0 does");
    }
    if (sample.readNoise() > 0) {
      parts.add("readings that differ by " + plain(100 * sample.readNoise()) + " % a cell");
    }
    if (sample.wireOhm() > 0) {
      parts.add("wires of " + plain(sample.wireOhm()) + " ohm from cell to cell");
    }
    text.append(parts.isEmpty() ? " of ideal cells" : " with " + String.join(", and ", parts));
    return text.toString();
  }

  /** As it was written, but for the rounding of a product. */
  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  private static String calibration(AccuracyResult result) {
    return result.calibrationImages() > 0
        ? "input ranges and windows measured on "
            + Numbers.count(result.calibrationImages())
            + " training images"
        : "input ranges and windows assumed, as for synthetic weights: integer and prime say"
            + " little;\n"
            + "beside the network lie neither calibration-images.npz nor a calibration.yaml for"
            + " these weights,\n"
            + "number formats and crossbars";
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

  private static TextTable compiledTotals(CompiledNetwork compiled, MappedLayerReport mapping) {
    TextTable table = new TextTable("total", "", "<");
    CrossbarCount crossbars = compiled.crossbars();
    IndexMemory indexes = mapping.indexMemory();
    CrossbarFill fill = mapping.fill();
    return table
        .row("crossbars, dense", Numbers.count(crossbars.dense()), "arrays, signs and bit slices")
        .row(
            "crossbars, mapped",
            Numbers.count(crossbars.mapped()),
            Numbers.ratio(crossbars.reduction()) + " fewer")
        .row(
            "bound, rows in order",
            Numbers.count(crossbars.lowerBound()),
            "occupied columns packed")
        .row("bound, cells", Numbers.count(mapping.cellBound()), "non-zero weights packed")
        .row(
            "utilisation, mean",
            Numbers.percent(fill.mean()),
            Numbers.percent(fill.cells()) + " of the cells")
        .row("crossbars under 20 %", Numbers.percent(fill.low()), "of their places")
        .row(
            "crossbars under 20 % of mean",
            Numbers.percent(fill.lowOfMean()),
            "under " + Numbers.percent(CrossbarFill.LOW * fill.mean()))
        .row(
            "FF cells in use",
            Numbers.percent(compiled.utilization().ffAfter()),
            Numbers.percent(compiled.utilization().ffBefore()) + " before replication")
        .row(
            "banks",
            Numbers.count(compiled.banks()),
            Numbers.count(compiled.instances())
                + (compiled.instances() == 1 ? " instance" : " instances"))
        .row(
            "index memory, one copy",
            Numbers.bits(compiled.metadataBits()),
            "outputs "
                + Numbers.bits(indexes.outputIndexBits())
                + ", inputs "
                + Numbers.bits(indexes.inputIndexBits())
                + ", tiles "
                + Numbers.bits(indexes.tileBitmapBits()))
        .row("index memory, all copies", Numbers.bits(compiled.indexMemoryBits()), "")
        .row("conversions", Numbers.count(mapping.conversions()), "per inference")
        .row("row activations", Numbers.count(mapping.wordlineDrives()), "per inference")
        .row("time of mapping", Numbers.scaled(mapping.nanoseconds() * 1e-9, "s"), "");
  }

  private static TextTable compiledLayers(CompiledNetwork compiled, MappingReport mapping) {
    TextTable table =
        new TextTable(
            "layer",
            "<kind",
            "matrix",
            "non-zero",
            "dense",
            "mapped",
            "bound",
            "by cells",
            "copies",
            "index");
    Iterator<MappedLayerReport> reports = mapping.layers().iterator();
    for (CompiledLayer layer : compiled.layers()) {
      if (layer.rows() == 0) {
        table.row(layer.name(), layer.kind(), "", "", "", "", "", "", "", "");
        continue;
      }
      table.row(
          layer.name(),
          layer.kind(),
          layer.rows() + "x" + layer.columns(),
          Numbers.count(layer.nonZeros()),
          Numbers.count(layer.crossbars().dense()),
          Numbers.count(layer.crossbars().mapped()),
          Numbers.count(layer.crossbars().lowerBound()),
          Numbers.count(reports.next().cellBound()),
          Numbers.count(layer.replicas()),
          Numbers.bits(layer.metadataBits()));
    }
    return table;
  }

  private static TextTable mappedLayers(MappingReport mapping) {
    TextTable table =
        new TextTable(
            "layer",
            "utilisation",
            "under 20 %",
            "of mean",
            "conversions",
            "row activations",
            "<inputs",
            "time");
    for (MappedLayerReport layer : mapping.layers()) {
      table.row(
          layer.layer(),
          Numbers.percent(layer.fill().mean()),
          Numbers.percent(layer.fill().low()),
          Numbers.percent(layer.fill().lowOfMean()),
          Numbers.count(layer.conversions()),
          Numbers.count(layer.wordlineDrives()),
          layer.inputs(),
          Numbers.scaled(layer.nanoseconds() * 1e-9, "s"));
    }
    return table;
  }

  /** Crossbars by utilisation; bins beyond the fullest crossbar are left out. */
  private TextTable histogram(CrossbarFill fill) {
    TextTable table = new TextTable("utilisation", "crossbars", "share", "<");
    List<Long> bins = fill.histogram();
    int last = bins.size() - 1;
    while (last > 0 && bins.get(last) == 0) {
      last--;
    }
    for (int bin = 0; bin <= last; bin++) {
      double share = fill.crossbars() == 0 ? 0 : (double) bins.get(bin) / fill.crossbars();
      table.row(
          bin * 100 / bins.size() + " to " + (bin + 1) * 100 / bins.size() + " %",
          Numbers.count(bins.get(bin)),
          Numbers.percent(share),
          bars.bar(share, BAR_WIDTH));
    }
    return table;
  }

  /** Why the inputs of some layers cost what they cost; nothing where all are in order. */
  private static String inputOrders(MappingReport mapping) {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    for (MappedLayerReport layer : mapping.layers()) {
      if (layer.fill().crossbars() > 0) {
        layers
            .computeIfAbsent(
                "inputs " + layer.inputs() + ", " + layer.inputsReason(), key -> new ArrayList<>())
            .add(layer.layer());
      }
    }
    StringBuilder lines = new StringBuilder("\n");
    layers.forEach(
        (reason, names) ->
            lines.append(reason).append(" (").append(String.join(", ", names)).append(")\n"));
    return lines.toString();
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

  private static String programmingLine(RunResult result) {
    Programming programming = result.programming();
    return "programming: "
        + Numbers.scaled(programming.pj() * 1e-12, "J")
        + " once, "
        + Numbers.count(programming.cells())
        + " cells of weights that are not zero, all copies; in no figure above\n";
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
