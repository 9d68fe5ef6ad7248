package io.github.primesim.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.experiment.Reduction;
import io.github.primesim.experiment.SyntheticLayer;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reductions by scheme, as a table with a line for each case and size, in Markdown or for a
 * terminal, and as tidy CSV with a line for each scheme too.
 */
public final class ReductionTable {
  private static final String MISSING = "-";
  private static final List<String> COLUMNS =
      List.of(
          "source",
          "density",
          "size",
          "scheme",
          "dense",
          "kept",
          "boundRowsInOrder",
          "boundCells",
          "reduction");

  private final List<Reduction> reductions;

  public ReductionTable(List<Reduction> reductions) {
    this.reductions = List.copyOf(reductions);
  }

  /**
   * Reads what {@link #csv} has written.
   *
   * @throws InputProblem if the file cannot be read or was written by something else
   */
  public static ReductionTable read(Path file) {
    List<Reduction> found = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        if (!line.getHeader().equals(COLUMNS)) {
          throw new InputProblem(file + ": columns " + line.getHeader() + ", allowed: " + COLUMNS);
        }
        found.add(reduction(file, line));
      }
    } catch (CsvParseException | IOException e) {
      throw new InputProblem(
          file + ": cannot be read: " + e.getMessage() + ", allowed: a table of reductions", e);
    }
    return new ReductionTable(found);
  }

  private static Reduction reduction(Path file, NamedCsvRecord line) {
    try {
      return new Reduction(
          line.getField("source"),
          Double.parseDouble(line.getField("density")),
          Integer.parseInt(line.getField("size")),
          line.getField("scheme"),
          Long.parseLong(line.getField("dense")),
          Long.parseLong(line.getField("kept")),
          Long.parseLong(line.getField("boundRowsInOrder")),
          Long.parseLong(line.getField("boundCells")));
    } catch (NumberFormatException e) {
      throw new InputProblem(
          file
              + ": line "
              + line.getStartingLineNumber()
              + ": "
              + line.getFields()
              + ", allowed: numbers but for source and scheme",
          e);
    }
  }

  /**
   * These reductions, and those of sources that are not among them from another table. Models come
   * first, then networks by name, so that it does not show what was added when.
   */
  public ReductionTable orElse(ReductionTable other) {
    Set<String> own = reductions.stream().map(Reduction::source).collect(Collectors.toSet());
    List<Reduction> all = new ArrayList<>(reductions);
    other.reductions.stream().filter(each -> !own.contains(each.source())).forEach(all::add);
    all.sort(Comparator.comparing(ReductionTable::place).thenComparing(Reduction::source));
    return new ReductionTable(all);
  }

  private static int place(Reduction reduction) {
    SyntheticLayer.Model[] models = SyntheticLayer.Model.values();
    return IntStream.range(0, models.length)
        .filter(i -> models[i].name().equals(reduction.source()))
        .findFirst()
        .orElse(models.length);
  }

  /** Comma-separated, RFC 4180, lines ended by a line feed. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(COLUMNS);
      for (Reduction each : reductions) {
        csv.writeRecord(
            each.source(),
            JsonDocument.plain(each.density()),
            Integer.toString(each.size()),
            each.scheme(),
            Long.toString(each.dense()),
            Long.toString(each.kept()),
            Long.toString(each.boundRowsInOrder()),
            Long.toString(each.boundCells()),
            JsonDocument.plain(each.factor()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  /** The table in Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    List<String> heads = heads();
    text.append("| ").append(String.join(" | ", heads)).append(" |\n|---|");
    text.append("---:|".repeat(heads.size() - 1)).append('\n');
    for (List<String> row : rows()) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return text.toString();
  }

  /** The table for a terminal. */
  public String text() {
    TextTable table = new TextTable(heads().toArray(String[]::new));
    rows().forEach(row -> table.row(row.toArray(String[]::new)));
    return table.text();
  }

  private List<String> heads() {
    List<String> heads = new ArrayList<>(List.of("source", "density", "size", "bound, cells"));
    heads.add("bound, rows in order");
    heads.addAll(schemes());
    return heads;
  }

  private List<String> schemes() {
    return reductions.stream().map(Reduction::scheme).distinct().toList();
  }

  private List<List<String>> rows() {
    Map<List<Object>, Map<String, Reduction>> cases = new LinkedHashMap<>();
    for (Reduction each : reductions) {
      cases
          .computeIfAbsent(
              List.of(each.source(), each.density(), each.size()), key -> new LinkedHashMap<>())
          .put(each.scheme(), each);
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Reduction> bySchemes : cases.values()) {
      Reduction any = bySchemes.values().iterator().next();
      List<String> row = new ArrayList<>();
      row.add(any.source());
      row.add(percent(any.density()));
      row.add(Integer.toString(any.size()));
      row.add(factor(any.factorCells()));
      row.add(factor(any.factorRowsInOrder()));
      for (String scheme : schemes()) {
        Reduction reduction = bySchemes.get(scheme);
        row.add(reduction == null ? MISSING : factor(reduction.factor()));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String factor(double factor) {
    return Double.isInfinite(factor) ? MISSING : String.format(Locale.ROOT, "%.2f", factor);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
