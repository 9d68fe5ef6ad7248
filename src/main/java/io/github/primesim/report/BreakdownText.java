package io.github.primesim.report;

import io.github.primesim.experiment.Breakdown;
import io.github.primesim.experiment.Breakdown.Row;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.RunResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Energy breakdowns as tables with bars, one result or two side by side. */
public final class BreakdownText {
  private static final int BAR_WIDTH = 30;
  private static final int BAR_WIDTH_OF_TWO = 12;
  private static final double JOULES_PER_PICOJOULE = 1e-12;

  private final Bars bars;

  /**
   * @param unicode whether the terminal shows block characters
   */
  public BreakdownText(boolean unicode) {
    this.bars = unicode ? Bars.BLOCKS : Bars.ASCII;
  }

  /** The views of one result. */
  public String of(RunResult result, List<View> views) {
    CompiledNetwork compiled = result.compiled();
    StringBuilder text =
        new StringBuilder(ResultText.title(compiled))
            .append(compiled.mapping())
            .append(", ")
            .append(ResultText.design(compiled))
            .append('\n');
    for (View view : views) {
      text.append('\n').append(table(Breakdown.of(result, view)).text());
    }
    return text.append('\n').append(merits(List.of(result)).text()).toString();
  }

  /** The views of a baseline and a result. */
  public String of(Comparison comparison, List<View> views) {
    CompiledNetwork compiled = comparison.result().compiled();
    StringBuilder text =
        new StringBuilder(ResultText.title(compiled))
            .append(compiled.mapping())
            .append(" against ")
            .append(comparison.baseline().compiled().mapping())
            .append(", ")
            .append(ResultText.design(compiled))
            .append('\n');
    for (View view : views) {
      text.append('\n').append(table(comparison, view).text());
    }
    return text.append('\n')
        .append(merits(List.of(comparison.baseline(), comparison.result())).text())
        .toString();
  }

  private TextTable table(Breakdown breakdown) {
    TextTable table =
        new TextTable(
            "energy by " + breakdown.view().key(),
            "per inference",
            "share",
            "per MAC",
            "per mm2",
            "<");
    double largest = largest(breakdown.rows());
    for (Row row : sorted(breakdown.view(), breakdown.rows())) {
      table.row(
          row.name(),
          joules(row.pj()),
          Numbers.percent(row.share()),
          joules(row.pjPerMac()),
          joules(row.pjPerMm2()),
          bars.bar(row.pj() / largest, BAR_WIDTH));
    }
    Row total = total(breakdown.rows());
    return table.row(
        total.name(),
        joules(total.pj()),
        Numbers.percent(total.share()),
        joules(total.pjPerMac()),
        joules(total.pjPerMm2()),
        "");
  }

  private TextTable table(Comparison comparison, View view) {
    Breakdown before = Breakdown.of(comparison.baseline(), view);
    Breakdown after = Breakdown.of(comparison.result(), view);
    TextTable table =
        new TextTable(
            "energy by " + view.key(),
            comparison.baseline().compiled().mapping(),
            "share",
            "per MAC",
            "per mm2",
            "<",
            comparison.result().compiled().mapping(),
            "share",
            "per MAC",
            "per mm2",
            "<",
            "gain");
    double largest = Math.max(largest(before.rows()), largest(after.rows()));
    Map<String, Row> baseline = byName(before.rows());
    Map<String, Row> result = byName(after.rows());
    for (Row row : sorted(view, union(result, baseline).values())) {
      add(
          table,
          baseline.getOrDefault(row.name(), nothing(row.name())),
          result.getOrDefault(row.name(), nothing(row.name())),
          largest);
    }
    add(table, total(before.rows()), total(after.rows()), Double.POSITIVE_INFINITY);
    return table;
  }

  private void add(TextTable table, Row before, Row after, double largest) {
    List<String> cells = new ArrayList<>(List.of(before.name()));
    for (Row row : List.of(before, after)) {
      cells.add(joules(row.pj()));
      cells.add(Numbers.percent(row.share()));
      cells.add(joules(row.pjPerMac()));
      cells.add(joules(row.pjPerMm2()));
      cells.add(bars.bar(row.pj() / largest, BAR_WIDTH_OF_TWO));
    }
    cells.add(before.pj() == 0 ? "-" : Numbers.ratio(before.pj() / after.pj()));
    table.row(cells.toArray(String[]::new));
  }

  /** What papers quote: per operation, per time, per area. */
  private static TextTable merits(List<RunResult> results) {
    List<String> heads = new ArrayList<>(List.of("figures of merit"));
    results.forEach(result -> heads.add(result.compiled().mapping()));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    merit(table, "energy per MAC, pJ", results, RunResult::pjPerMac);
    merit(table, "TOPS/W", results, RunResult::topsPerWatt);
    merit(table, "TOPS", results, RunResult::tops);
    merit(table, "TOPS/mm2", results, RunResult::topsPerMm2);
    merit(table, "power, W", results, RunResult::watts);
    merit(table, "power density, W/mm2", results, RunResult::wattsPerMm2);
    merit(table, "area without memory subarrays, mm2", results, RunResult::computeMm2);
    return table;
  }

  private static void merit(
      TextTable table, String name, List<RunResult> results, ToDoubleFunction<RunResult> value) {
    List<String> cells = new ArrayList<>(List.of(name));
    results.forEach(result -> cells.add(Numbers.fixed(value.applyAsDouble(result))));
    table.row(cells.toArray(String[]::new));
  }

  /** Largest first where the view has no order of its own. */
  private static List<Row> sorted(View view, Collection<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    if (view == View.COMPONENT || view == View.ACTION) {
      sorted.sort(Comparator.comparingDouble(row -> -row.pj()));
    }
    return sorted;
  }

  private static double largest(List<Row> rows) {
    return rows.stream().mapToDouble(Row::pj).max().orElse(1);
  }

  private static Row total(List<Row> rows) {
    double pj = 0;
    double share = 0;
    double pjPerMac = 0;
    double pjPerMm2 = 0;
    for (Row row : rows) {
      pj += row.pj();
      share += row.share();
      pjPerMac += row.pjPerMac();
      pjPerMm2 += row.pjPerMm2();
    }
    return new Row("total", pj, share, pjPerMac, pjPerMm2);
  }

  private static Row nothing(String name) {
    return new Row(name, 0, 0, 0, 0);
  }

  private static Map<String, Row> byName(List<Row> rows) {
    Map<String, Row> byName = new LinkedHashMap<>();
    rows.forEach(row -> byName.put(row.name(), row));
    return byName;
  }

  /** The rows of {@code first}, and those of {@code second} that it does not have. */
  private static Map<String, Row> union(Map<String, Row> first, Map<String, Row> second) {
    Map<String, Row> union = new LinkedHashMap<>(first);
    second.forEach(union::putIfAbsent);
    return union;
  }

  private static String joules(double pj) {
    return pj == 0 ? "-" : Numbers.scaled(pj * JOULES_PER_PICOJOULE, "J");
  }
}
