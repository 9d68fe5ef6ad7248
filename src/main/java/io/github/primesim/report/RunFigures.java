package io.github.primesim.report;

import io.github.primesim.report.PaperFigure.Width;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import tools.jackson.databind.JsonNode;

/** The figures of one run, or of two that are compared: what the report page draws of them. */
final class RunFigures {
  /** Parts with a colour of their own; the smaller ones are drawn as one. */
  private static final int SHOWN = 7;

  private static final String OTHERS = "others";
  private static final int LOW = 115;
  private static final int HIGH = 135;

  /** Points for a row of a heat map. */
  private static final int ROW = 9;

  private static final int AROUND_ROWS = 70;
  private static final double UM2_PER_MM2 = 1e6;

  private final List<JsonNode> runs;
  private final List<JsonNode> mappings;
  private final List<String> labels;

  RunFigures(ResultFolder results) {
    runs = results.runs();
    mappings = results.mappings();
    labels =
        runs.stream()
            .map(run -> run.path("mapping").asString() + " " + run.path("crossbar").asString())
            .toList();
  }

  List<PaperFigure> all() {
    List<PaperFigure> figures = new ArrayList<>();
    figures.add(
        stacks(
            "energy-by-component", "energy", "J", 1e-12, run -> run.at("/energyPj/byComponent")));
    figures.add(
        stacks("area-by-component", "area", "mm2", 0, run -> run.at("/areaUm2/byComponent")));
    for (int run = 0; run < runs.size(); run++) {
      figures.add(layers("energy-by-layer", run, "energy", "J", 1e-12, energy(runs.get(run))));
      figures.add(layers("stalls-by-layer", run, "cycles waited", "", 1, stalls(runs.get(run))));
    }
    figures.add(pairs("latency-by-layer", "cycles", layer -> layer.path("cycles")));
    figures.add(pairs("crossbars-by-layer", "arrays", layer -> layer.at("/crossbars/mapped")));
    if (mappings.stream().allMatch(mapping -> mapping.has("mappingReport"))) {
      figures.add(utilization());
      for (int run = 0; run < runs.size(); run++) {
        heat(run).ifPresent(figures::add);
      }
    }
    return figures;
  }

  /** A bar for each run. */
  private PaperFigure stacks(
      String name, String quantity, String unit, double scale, Function<JsonNode, JsonNode> parts) {
    List<Map<String, Double>> bars = runs.stream().map(parts).map(RunFigures::numbers).toList();
    return stacked(name, Width.COLUMN, quantity, unit, scale, labels, bars);
  }

  /** A bar for each layer of one run. */
  private PaperFigure layers(
      String name,
      int run,
      String quantity,
      String unit,
      double scale,
      Map<String, Map<String, Double>> layers) {
    return stacked(
        runs.size() == 1 ? name : name + "-" + file(labels.get(run)),
        layers.size() > 8 ? Width.PAGE : Width.COLUMN,
        quantity,
        unit,
        scale,
        List.copyOf(layers.keySet()),
        List.copyOf(layers.values()));
  }

  private static PaperFigure stacked(
      String name,
      Width width,
      String quantity,
      String unit,
      double scale,
      List<String> categories,
      List<Map<String, Double>> bars) {
    double most =
        bars.stream()
            .mapToDouble(bar -> bar.values().stream().mapToDouble(Double::doubleValue).sum())
            .max()
            .orElse(0);
    Scale axis = Scale.of(most, unit, scale);
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (String part : parts(bars)) {
      series.put(part, bars.stream().map(bar -> axis.of(bar.getOrDefault(part, 0.0))).toList());
    }
    List<String> shown = List.copyOf(series.keySet());
    if (shown.size() > SHOWN + 1) {
      List<String> rest = shown.subList(SHOWN, shown.size());
      List<Double> others = new ArrayList<>();
      for (int bar = 0; bar < categories.size(); bar++) {
        int at = bar;
        others.add(rest.stream().mapToDouble(part -> series.get(part).get(at)).sum());
      }
      rest.forEach(series::remove);
      series.put(OTHERS, others);
    }
    int height = HIGH + PaperCharts.below(width.points(), categories);
    return bars(
        name,
        width,
        PaperCharts.bars(width.points(), height, axis.title(quantity), categories, series, true),
        List.copyOf(series.keySet()),
        table(axis.title(quantity), categories, bars, axis));
  }

  /** Bars above a legend of their own width: beside them it would have to fit their height. */
  private static PaperFigure bars(
      String name, Width width, CategoryChart chart, List<String> names, List<List<String>> table) {
    return new PaperFigure(
        name, width, Panels.of(List.of(chart), 1, PaperCharts.legend(names, false)), table);
  }

  /** Every part of every bar, the small ones too. */
  private static List<List<String>> table(
      String title, List<String> categories, List<Map<String, Double>> bars, Scale axis) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("bar", "part", title));
    for (int bar = 0; bar < categories.size(); bar++) {
      for (Map.Entry<String, Double> part : bars.get(bar).entrySet()) {
        rows.add(
            List.of(
                categories.get(bar), part.getKey(), JsonDocument.amount(axis.of(part.getValue()))));
      }
    }
    return rows;
  }

  /** Names of the parts of all bars, the largest sum first. */
  private static List<String> parts(List<Map<String, Double>> bars) {
    Map<String, Double> sums = new LinkedHashMap<>();
    bars.forEach(bar -> bar.forEach((part, value) -> sums.merge(part, value, Double::sum)));
    return sums.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A group of bars for each layer, one for each run. */
  private PaperFigure pairs(String name, String axis, Function<JsonNode, JsonNode> number) {
    Set<String> layers = new LinkedHashSet<>();
    runs.forEach(run -> run.path("layers").forEach(l -> layers.add(l.path("name").asString())));
    List<Map<String, Double>> values = new ArrayList<>();
    for (JsonNode run : runs) {
      Map<String, Double> ofRun = new LinkedHashMap<>();
      run.path("layers")
          .forEach(l -> ofRun.put(l.path("name").asString(), number.apply(l).asDouble()));
      values.add(ofRun);
    }
    Width width = layers.size() > 8 ? Width.PAGE : Width.COLUMN;
    return grouped(name, width, axis, "layer", layers, values);
  }

  private PaperFigure utilization() {
    List<Map<String, Double>> bins = new ArrayList<>();
    for (JsonNode mapping : mappings) {
      bins.add(named(numbers(mapping.at("/mappingReport/utilization/histogram"))));
    }
    return grouped(
        "utilisation", Width.COLUMN, "crossbars", "utilisation", bins.get(0).keySet(), bins);
  }

  private PaperFigure grouped(
      String name,
      Width width,
      String axis,
      String what,
      Collection<String> categories,
      List<Map<String, Double>> values) {
    List<String> names = List.copyOf(categories);
    Map<String, List<Double>> series = new LinkedHashMap<>();
    for (int run = 0; run < labels.size(); run++) {
      Map<String, Double> ofRun = values.get(run);
      series.put(labels.get(run), names.stream().map(n -> ofRun.getOrDefault(n, 0.0)).toList());
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(what));
    head.addAll(labels);
    rows.add(head);
    for (String category : names) {
      List<String> row = new ArrayList<>(List.of(category));
      values.forEach(of -> row.add(JsonDocument.amount(of.getOrDefault(category, 0.0))));
      rows.add(row);
    }
    int height = LOW + PaperCharts.below(width.points(), names);
    return bars(
        name,
        width,
        PaperCharts.bars(width.points(), height, axis, names, series, false),
        labels,
        rows);
  }

  /** For each layer with crossbars how they are spread over the bins of utilisation. */
  private Optional<PaperFigure> heat(int run) {
    List<String> layers = new ArrayList<>();
    List<Number[]> shares = new ArrayList<>();
    List<String> bins = List.of();
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode layer : mappings.get(run).path("layers")) {
      Map<String, Double> bars = named(numbers(layer.at("/mappingReport/utilization/histogram")));
      double all = bars.values().stream().mapToDouble(Double::doubleValue).sum();
      if (all > 0) {
        bins = List.copyOf(bars.keySet());
        String name = layer.path("name").asString();
        List<String> row = new ArrayList<>(List.of(name));
        bars.values().forEach(bin -> row.add(JsonDocument.amount(bin / all)));
        rows.add(row);
        layers.add(name);
      }
    }
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    List<String> head = new ArrayList<>(List.of("layer"));
    head.addAll(bins);
    // The chart wants cells by column, row and share, rows from below.
    List<String> upwards = new ArrayList<>();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      upwards.add(layers.get(layer));
      for (int bin = 0; bin < bins.size(); bin++) {
        double share = Double.parseDouble(rows.get(layer).get(bin + 1));
        shares.add(new Number[] {bin, upwards.size() - 1, share});
      }
    }
    rows.add(0, head);
    int height = AROUND_ROWS + ROW * Math.max(layers.size(), 6);
    return Optional.of(
        new PaperFigure(
            "utilisation-by-layer" + (runs.size() == 1 ? "" : "-" + file(labels.get(run))),
            Width.COLUMN,
            height,
            PaperCharts.heat(
                Width.COLUMN,
                height,
                "share of the layer's crossbars, by utilisation",
                bins,
                upwards,
                shares),
            rows));
  }

  /** Bins are named by where they begin, in per cent. */
  private static Map<String, Double> named(Map<String, Double> histogram) {
    int width = 100 / Math.max(1, histogram.size());
    Map<String, Double> named = new LinkedHashMap<>();
    histogram.forEach(
        (bin, count) -> named.put(bin + "-" + (Integer.parseInt(bin) + width) + " %", count));
    return named;
  }

  private static Map<String, Map<String, Double>> energy(JsonNode run) {
    Map<String, Map<String, Double>> layers = new LinkedHashMap<>();
    for (JsonNode row : run.path("energyRows")) {
      layers
          .computeIfAbsent(row.path("layer").asString(), layer -> new LinkedHashMap<>())
          .merge(row.path("component").asString(), row.path("pj").asDouble(), Double::sum);
    }
    return layers;
  }

  private static Map<String, Map<String, Double>> stalls(JsonNode run) {
    Map<String, Map<String, Double>> layers = new LinkedHashMap<>();
    for (JsonNode layer : run.path("layers")) {
      layers.put(layer.path("name").asString(), numbers(layer.path("stallCycles")));
    }
    return layers;
  }

  private static Map<String, Double> numbers(JsonNode object) {
    return object.properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> each.getValue().asDouble(),
                Double::sum,
                LinkedHashMap::new));
  }

  private static String file(String label) {
    return label.replaceAll("[^A-Za-z0-9.-]+", "-");
  }

  /**
   * What an axis counts in.
   *
   * @param unit with its prefix
   * @param factor from the numbers of the document
   */
  private record Scale(String unit, double factor) {
    /** The prefix with which the largest number has one to three digits; 0 for square microns. */
    static Scale of(double most, String unit, double scale) {
      if (scale == 0) {
        return new Scale(unit, 1 / UM2_PER_MM2);
      }
      String prefix = unit.isEmpty() ? "" : Numbers.prefix(most * scale);
      return new Scale(prefix + unit, scale / Numbers.size(prefix));
    }

    double of(double value) {
      return value * factor;
    }

    String title(String quantity) {
      return unit.isEmpty() ? quantity : quantity + ", " + unit;
    }
  }
}
