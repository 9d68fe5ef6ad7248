package io.github.primesim.report;

import io.github.primesim.experiment.AccuracyResult;
import io.github.primesim.experiment.ActivityResult;
import io.github.primesim.experiment.Breakdown;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.ChipAccuracy;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.CrossbarCount;
import io.github.primesim.experiment.CrossbarFill;
import io.github.primesim.experiment.EnergyRow;
import io.github.primesim.experiment.LayerActivity;
import io.github.primesim.experiment.LayerTime;
import io.github.primesim.experiment.MappedLayerReport;
import io.github.primesim.experiment.MappingReport;
import io.github.primesim.experiment.Provenance;
import io.github.primesim.experiment.RunResult;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result document, format {@code primesim.result/1}; its schema is {@code
 * docs/result.schema.json}.
 *
 * <p>Keys may be added within a version, none is renamed or removed. Equal results give equal
 * bytes.
 */
public final class ResultDocument {
  private static final String SCHEMA = "primesim.result/1";

  private ResultDocument() {}

  /** The whole document. */
  public static String of(RunResult result) {
    return of(result, List.of());
  }

  /** The whole document with breakdowns as tables. */
  public static String of(RunResult result, List<View> views) {
    return JsonDocument.object(json -> write(json, result, views));
  }

  /** The document without time and energy. */
  public static String of(CompiledNetwork compiled, MappingReport mapping) {
    Map<String, MappedLayerReport> reports = new HashMap<>();
    mapping.layers().forEach(report -> reports.put(report.layer(), report));
    return JsonDocument.object(
        json -> {
          head(json, compiled);
          json.put(
              "layers",
              compiled.layers(),
              layer -> {
                facts(json, layer);
                MappedLayerReport report = reports.get(layer.name());
                if (report != null) {
                  json.put(
                      "mappingReport",
                      inner -> {
                        inner
                            .put("inputs", report.inputs())
                            .put("inputsReason", report.inputsReason());
                        mapping(inner, report);
                      });
                }
              });
          json.put("mappingReport", inner -> mapping(inner, mapping.total()));
          provenance(json, compiled.provenance());
        });
  }

  /** Two documents and what one gains over the other. */
  public static String of(Comparison comparison, List<View> views) {
    return JsonDocument.object(
        json ->
            json.put("baseline", inner -> write(inner, comparison.baseline(), views))
                .put("result", inner -> write(inner, comparison.result(), views))
                .put(
                    "speedup",
                    inner ->
                        inner
                            .put("latency", comparison.speedup().latency())
                            .put("throughput", comparison.speedup().throughput()))
                .put("energyRatio", comparison.energyRatio()));
  }

  /** Accuracy of a network, format {@code primesim.accuracy/1}. */
  public static String of(AccuracyResult result) {
    return JsonDocument.object(
        json -> {
          json.put("schema", "primesim.accuracy/1")
              .put("network", result.network())
              .put("weights", result.weights())
              .put("hardware", result.hardware())
              .put("mapping", result.mapping())
              .put("crossbar", result.crossbar())
              .put("signs", result.signs())
              .put("calibration", result.calibration())
              .put("calibrationImages", result.calibrationImages())
              .put("images", result.images())
              .putNumbers("correct", result.correct())
              .put(
                  "accuracy",
                  inner ->
                      result
                          .correct()
                          .keySet()
                          .forEach(name -> inner.put(name, result.share(name))));
          result
              .chips()
              .ifPresent(chips -> json.put("chips", inner -> write(inner, chips, result.images())));
          provenance(json, result.provenance());
        });
  }

  private static void write(JsonDocument json, ChipAccuracy chips, int images) {
    json.put("spread", chips.sample().spread())
        .put("stuckOff", chips.sample().stuckOff())
        .put("stuckOn", chips.sample().stuckOn())
        .put("readNoise", chips.sample().readNoise())
        .put("wireOhm", chips.sample().wireOhm())
        .put("onOffRatio", chips.onOffRatio())
        .putAmounts("correct", chips.correct().stream().map(Integer::doubleValue).toList())
        .put(
            "accuracy",
            inner ->
                inner
                    .put("mean", chips.mean() / images)
                    .put("least", (double) chips.least() / images)
                    .put("most", (double) chips.most() / images));
  }

  private static void write(JsonDocument json, RunResult result, List<View> views) {
    CompiledNetwork compiled = result.compiled();
    head(json, compiled);
    json.put("cycles", result.cycles())
        .put("latencyNs", result.latencyNs())
        .put("intervalCycles", result.intervalCycles())
        .put("throughputExact", result.throughputExact())
        .put("throughputPerSecond", result.throughputPerSecond())
        .put("events", result.events());
    Iterator<LayerTime> times = result.layerTimes().iterator();
    json.put(
            "layers",
            compiled.layers(),
            layer -> {
              facts(json, layer);
              LayerTime time = times.next();
              json.put("cycles", time.cycles())
                  .putNumbers("stallCycles", time.stallCycles())
                  .putNumbers("pipelinedStallCycles", time.pipelinedStallCycles());
            })
        .putNumbers("stallCycles", result.stallCycles())
        .putNumbers("pipelinedStallCycles", result.pipelinedStallCycles())
        .put(
            "energyPj",
            inner ->
                inner
                    .put("total", result.energyPj().total())
                    .putNumbers("byComponent", result.energyPj().byComponent())
                    .putNumbers("byLayer", result.energyPj().byLayer())
                    .putNumbers("byLevel", result.energyPj().byLevel())
                    .putNumbers("byAction", result.energyPj().byAction())
                    .putNumbers("byBank", result.energyPj().byBank()))
        .put("pjPerMac", result.pjPerMac())
        .put("tops", result.tops())
        .put("watts", result.watts())
        .put("topsPerWatt", result.topsPerWatt())
        .put("topsPerMm2", result.topsPerMm2())
        .put("wattsPerMm2", result.wattsPerMm2());
    result.activity().ifPresent(activity -> activity(json, activity));
    breakdowns(json, result, views);
    energyRows(json, result.energyPj().rows());
    json.put(
        "areaUm2",
        inner ->
            inner
                .put("total", result.areaUm2().total())
                .put("compute", result.areaUm2().compute())
                .putNumbers("byComponent", result.areaUm2().byComponent()));
    json.put(
        "programming",
        inner ->
            inner.put("cells", result.programming().cells()).put("pj", result.programming().pj()));
    provenance(json, compiled.provenance());
  }

  private static void breakdowns(JsonDocument json, RunResult result, List<View> views) {
    if (views.isEmpty()) {
      return;
    }
    json.put(
        "breakdown",
        inner -> {
          for (View view : views) {
            inner.put(
                view.key(),
                Breakdown.of(result, view).rows(),
                row ->
                    inner
                        .put("name", row.name())
                        .put("pj", row.pj())
                        .put("share", row.share())
                        .put("pjPerMac", row.pjPerMac())
                        .put("pjPerMm2", row.pjPerMm2()));
          }
        });
  }

  private static void activity(JsonDocument json, ActivityResult activity) {
    json.put(
        "activity",
        inner ->
            inner
                .put("images", activity.images())
                .put("meanBasis", activity.assumed() ? "assumed" : "measured")
                .put("energyRatio", activity.totalRatio())
                .put("arrayEnergyRatio", activity.ratio())
                .put("meanEnergyPj", activity.meanTotalPj())
                .put("layers", activity.layers(), layer -> layer(inner, layer)));
  }

  private static void layer(JsonDocument json, LayerActivity layer) {
    json.put("name", layer.layer())
        .put("ratio", layer.ratio())
        .put("data", inner -> drive(inner, layer.data()))
        .put("mean", inner -> drive(inner, layer.mean()))
        .put("conversions", layer.conversions())
        .put("zeroCodes", layer.zeroCodes())
        .put("largestCodes", layer.largestCodes());
  }

  private static void drive(JsonDocument json, LayerActivity.Drive drive) {
    json.putAmounts("activeRows", drive.activeRows())
        .putAmounts("meanSquares", drive.meanSquares())
        .putAmount("wordlineDrives", drive.wordlineDrives())
        .putAmount("cellInputSquares", drive.cellInputSquares())
        .putAmount("cellInputSquareLevels", drive.cellInputSquareLevels())
        .put("pj", drive.pj());
  }

  private static void mapping(JsonDocument json, MappedLayerReport report) {
    CrossbarFill fill = report.fill();
    json.put("cellBound", report.cellBound())
        .put(
            "utilization",
            inner ->
                inner
                    .put("mean", fill.mean())
                    .put("cells", fill.cells())
                    .put("under20Percent", fill.low())
                    .put("under20PercentOfMean", fill.lowOfMean())
                    .putNumbers("histogram", histogram(fill)))
        .put(
            "metadataBits",
            inner ->
                inner
                    .put("outputIndex", report.indexMemory().outputIndexBits())
                    .put("inputIndex", report.indexMemory().inputIndexBits())
                    .put("tileBitmap", report.indexMemory().tileBitmapBits()))
        .put("conversions", report.conversions())
        .put("wordlineDrives", report.wordlineDrives());
  }

  /** Crossbars by the lower end of their bin in per cent. */
  private static Map<String, Long> histogram(CrossbarFill fill) {
    Map<String, Long> bins = new LinkedHashMap<>();
    for (int bin = 0; bin < CrossbarFill.BINS; bin++) {
      bins.put(Integer.toString(bin * 100 / CrossbarFill.BINS), fill.histogram().get(bin));
    }
    return bins;
  }

  private static void head(JsonDocument json, CompiledNetwork compiled) {
    json.put("schema", SCHEMA)
        .put("network", compiled.network())
        .put("weights", compiled.weights())
        .put("hardware", compiled.hardware())
        .put("mapping", compiled.mapping())
        .put("crossbar", compiled.crossbar())
        .put("signs", compiled.signs())
        .put("replication", compiled.replication())
        .put("batch", compiled.batch())
        .put("instances", compiled.instances())
        .put("copies", compiled.copies())
        .put("banks", compiled.banks());
    if (compiled.activityImages() > 0) {
      json.put("activityImages", compiled.activityImages());
    }
    crossbars(json, compiled.crossbars());
    json.put(
            "utilization",
            inner ->
                inner
                    .put("cells", compiled.utilization().cells())
                    .put("ffBefore", compiled.utilization().ffBefore())
                    .put("ffAfter", compiled.utilization().ffAfter()))
        .put("metadataBits", compiled.metadataBits())
        .put("indexMemoryBits", compiled.indexMemoryBits())
        .put("macs", compiled.macs());
  }

  private static void facts(JsonDocument json, CompiledLayer layer) {
    json.put("name", layer.name())
        .put("kind", layer.kind())
        .put("rows", layer.rows())
        .put("columns", layer.columns())
        .put("positions", layer.positions())
        .put("nonZeros", layer.nonZeros());
    crossbars(json, layer.crossbars());
    json.put("replicas", layer.replicas())
        .put("metadataBits", layer.metadataBits())
        .put("macs", layer.macs());
  }

  private static void crossbars(JsonDocument json, CrossbarCount count) {
    json.put(
        "crossbars",
        inner ->
            inner
                .put("dense", count.dense())
                .put("mapped", count.mapped())
                .put("lowerBound", count.lowerBound()));
  }

  private static void energyRows(JsonDocument json, List<EnergyRow> rows) {
    json.put(
        "energyRows",
        rows,
        row ->
            json.put("component", row.component())
                .put("level", row.level())
                .put("layer", row.layer())
                .put("action", row.action())
                .putAmount("count", row.count())
                .put("pjEach", row.pjEach())
                .put("pj", row.pj()));
  }

  private static void provenance(JsonDocument json, Provenance provenance) {
    json.put(
        "provenance",
        inner ->
            inner
                .put("version", provenance.version())
                .put("hardwareDigest", provenance.hardwareDigest())
                .put("networkDigest", provenance.networkDigest())
                .put("seed", provenance.seed())
                .put("overrides", provenance.overrides()));
  }
}
