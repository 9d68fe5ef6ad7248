package io.github.primesim.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.experiment.ChipAccuracy;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.CrossbarAccuracy;
import io.github.primesim.experiment.CrossbarCount;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.experiment.sweep.PointDesign;
import io.github.primesim.experiment.sweep.PointResult;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.experiment.sweep.SweepPoint;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of {@code points.csv}, format {@code primesim.sweep/1}: a row a point, units in the names.
 */
final class PointTable {
  static final String DONE = "done";
  static final String FAILED = "failed";
  static final String ACCURACY = "accuracy";
  static final String CHIP_ACCURACY = "accuracyOfChips";

  private static final List<String> CHOICES =
      List.of(
          "network", "hardware", "mapping", "crossbar", "signs", "replication", "seed", "batch");
  private static final double UM2_PER_MM2 = 1e6;

  /** Columns of results that are numbers. */
  static final Set<String> NUMBERS = numbers();

  private final List<String> keys;
  private final List<String> columns;

  /** Whether points are classified, on chips of their own too. */
  private final boolean classified;

  private final boolean onChips;

  /** The table of a sweep. */
  PointTable(SweepPlan plan) {
    List<String> ordered = new ArrayList<>(CHOICES);
    plan.told().stream().filter(key -> !CHOICES.contains(key)).forEach(ordered::add);
    keys = List.copyOf(ordered);
    List<String> all = new ArrayList<>(List.of("index", "point", "status", "error"));
    all.addAll(keys);
    Amounts names = new Amounts();
    results(names, Optional.empty(), Optional.empty());
    classified = plan.told().contains(AccuracyKey.IMAGES.key());
    onChips =
        Arrays.stream(AccuracyKey.values())
            .anyMatch(key -> key.ofChips() && plan.told().contains(key.key()));
    accuracies(names, Optional.empty());
    all.addAll(names.amounts.keySet());
    columns = List.copyOf(all);
  }

  private static Set<String> numbers() {
    Amounts names = new Amounts();
    results(names, Optional.empty(), Optional.empty());
    names.number(ACCURACY, Optional.empty());
    chipAccuracies(names, Optional.empty());
    return Set.copyOf(names.numbers);
  }

  List<String> columns() {
    return columns;
  }

  /** The head as a line. */
  String head() {
    return line(columns);
  }

  /** Columns that describe a point before it is simulated. */
  List<String> plannedColumns() {
    List<String> planned = new ArrayList<>(List.of("index", "point"));
    planned.addAll(keys);
    return planned;
  }

  /** Their values; of what the sweep says nothing of, nothing. */
  List<String> planned(SweepPoint point) {
    List<String> fields = new ArrayList<>(List.of(Integer.toString(point.index()), point.name()));
    keys.forEach(key -> fields.add(point.values().getOrDefault(key, "")));
    return fields;
  }

  /** A point as a line. */
  String row(PointResult result) {
    List<String> fields = new ArrayList<>();
    fields.add(Integer.toString(result.point().index()));
    fields.add(result.point().name());
    fields.add(result.isDone() ? DONE : FAILED);
    fields.add(result.error().orElse(""));
    Map<String, String> settings =
        result.design().map(PointDesign::settings).orElse(result.point().values());
    keys.forEach(key -> fields.add(settings.getOrDefault(key, "")));
    Amounts amounts = new Amounts();
    results(amounts, result.result(), result.design());
    accuracies(amounts, result.accuracy());
    fields.addAll(amounts.amounts.values());
    return line(fields);
  }

  /** Fields of a line; empty where it is none of this table. */
  Optional<List<String>> fields(String line) {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(line)) {
      Iterator<CsvRecord> records = reader.iterator();
      List<String> fields = records.hasNext() ? records.next().getFields() : List.of();
      return records.hasNext() || fields.size() != columns.size()
          ? Optional.empty()
          : Optional.of(fields);
    } catch (CsvParseException damaged) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field of a row. */
  String field(List<String> fields, String column) {
    return fields.get(columns.indexOf(column));
  }

  /** A row by column. */
  Map<String, String> byColumn(List<String> fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      row.put(columns.get(i), fields.get(i));
    }
    return row;
  }

  static String line(List<String> fields) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Results in the order of their columns; without one, every column is empty. */
  private static void results(
      Amounts to, Optional<RunResult> result, Optional<PointDesign> design) {
    Optional<CompiledNetwork> compiled = result.map(RunResult::compiled);
    Optional<CrossbarCount> crossbars = compiled.map(CompiledNetwork::crossbars);
    to.whole("instances", compiled.map(each -> (long) each.instances()));
    to.whole("copies", compiled.map(each -> (long) each.copies()));
    to.whole("banks", compiled.map(each -> (long) each.banks()));
    to.whole("crossbarsDense", crossbars.map(CrossbarCount::dense));
    to.whole("crossbarsMapped", crossbars.map(CrossbarCount::mapped));
    to.whole("crossbarsLowerBound", crossbars.map(CrossbarCount::lowerBound));
    to.number("cellUtilization", compiled.map(each -> each.utilization().cells()));
    to.number("ffUtilizationBefore", compiled.map(each -> each.utilization().ffBefore()));
    to.number("ffUtilizationAfter", compiled.map(each -> each.utilization().ffAfter()));
    to.whole("metadataBits", compiled.map(CompiledNetwork::metadataBits));
    to.whole("indexMemoryBits", compiled.map(CompiledNetwork::indexMemoryBits));
    to.whole("macs", compiled.map(CompiledNetwork::macs));
    to.whole("cells", result.flatMap(any -> design).map(PointDesign::cells));
    to.whole("cycles", result.map(RunResult::cycles));
    to.number("latencyNs", result.map(RunResult::latencyNs));
    to.number("intervalCycles", result.map(RunResult::intervalCycles));
    to.number("throughputPerSecond", result.map(RunResult::throughputPerSecond));
    to.text("throughputExact", result.map(each -> Boolean.toString(each.throughputExact())));
    to.whole("events", result.map(RunResult::events));
    to.number("energyPj", result.map(each -> each.energyPj().total()));
    Optional<Map<String, Double>> energy = result.map(each -> each.energyPj().byComponent());
    for (String component : RunResult.components()) {
      to.number("energyPj." + component, energy.map(each -> each.getOrDefault(component, 0.0)));
    }
    to.number("pjPerMac", result.map(RunResult::pjPerMac));
    to.number("topsPerWatt", result.map(RunResult::topsPerWatt));
    to.number("areaUm2", result.map(each -> each.areaUm2().total()));
    Optional<Map<String, Double>> area = result.map(each -> each.areaUm2().byComponent());
    for (String component : RunResult.components()) {
      to.number("areaUm2." + component, area.map(each -> each.getOrDefault(component, 0.0)));
    }
    to.number("computeAreaUm2", result.map(each -> each.areaUm2().compute()));
    to.number(
        "throughputPerSecondPerMm2",
        result.map(each -> each.throughputPerSecond() / (each.areaUm2().total() / UM2_PER_MM2)));
    Optional<Map<String, Long>> stalls = result.map(RunResult::stallCycles);
    for (String cause : RunResult.stallCauses()) {
      to.whole("stallCycles." + cause, stalls.map(each -> each.getOrDefault(cause, 0L)));
    }
    to.text("hardwareDigest", compiled.map(each -> each.provenance().hardwareDigest()));
    to.text("networkDigest", compiled.map(each -> each.provenance().networkDigest()));
  }

  /** Shares of the images that are right, where points are classified. */
  private void accuracies(Amounts to, Optional<CrossbarAccuracy> accuracy) {
    if (classified) {
      to.number(ACCURACY, accuracy.map(each -> (double) each.ideal() / each.images()));
    }
    if (onChips) {
      chipAccuracies(to, accuracy);
    }
  }

  private static void chipAccuracies(Amounts to, Optional<CrossbarAccuracy> accuracy) {
    Optional<ChipAccuracy> chips = accuracy.flatMap(CrossbarAccuracy::chips);
    double images = accuracy.map(CrossbarAccuracy::images).orElse(1);
    to.number(CHIP_ACCURACY, chips.map(each -> each.mean() / images));
    to.number("accuracyOfWorstChip", chips.map(each -> each.least() / images));
    to.number("accuracyOfBestChip", chips.map(each -> each.most() / images));
  }

  /** Values by column, written as the result document writes them. */
  private static final class Amounts {
    private final Map<String, String> amounts = new LinkedHashMap<>();
    private final Set<String> numbers = new HashSet<>();

    void text(String column, Optional<String> value) {
      amounts.put(column, value.orElse(""));
    }

    void whole(String column, Optional<Long> value) {
      numbers.add(column);
      text(column, value.map(each -> Long.toString(each)));
    }

    void number(String column, Optional<Double> value) {
      numbers.add(column);
      text(column, value.map(JsonDocument::plain));
    }
  }
}
