package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A table of records, a line each: for a terminal, in Markdown, and as tidy CSV. A column has a
 * head for readers and a key with its unit for programs, which also get digits that readers are
 * spared.
 */
final class Sheet<T> {
  private final List<T> lines;
  private final List<Column<T>> columns = new ArrayList<>();

  private record Column<T>(
      Optional<String> head, String key, Function<T, String> shown, Function<T, String> exact) {}

  Sheet(List<T> lines) {
    this.lines = List.copyOf(lines);
  }

  /** A column of words. */
  Sheet<T> words(String head, String key, Function<T, String> value) {
    columns.add(new Column<>(Optional.of(head), key, value, value));
    return this;
  }

  /** A column of whole numbers. */
  Sheet<T> count(String head, String key, ToLongFunction<T> value) {
    columns.add(
        new Column<>(
            Optional.of(head),
            key,
            line -> Numbers.count(value.applyAsLong(line)),
            line -> Long.toString(value.applyAsLong(line))));
    return this;
  }

  /** A column of numbers, shown by {@code format}; not a number means there is none. */
  Sheet<T> number(
      String head, String key, Function<Double, String> format, ToDoubleFunction<T> value) {
    columns.add(
        new Column<>(
            Optional.of(head),
            key,
            line ->
                Double.isNaN(value.applyAsDouble(line))
                    ? "-"
                    : format.apply(value.applyAsDouble(line)),
            line -> plain(value.applyAsDouble(line))));
    return this;
  }

  /** A column of numbers for programs only. */
  Sheet<T> hidden(String key, ToDoubleFunction<T> value) {
    columns.add(
        new Column<>(Optional.empty(), key, line -> "", line -> plain(value.applyAsDouble(line))));
    return this;
  }

  /** A column of words for programs only. */
  Sheet<T> hiddenWords(String key, Function<T, String> value) {
    columns.add(new Column<>(Optional.empty(), key, line -> "", value));
    return this;
  }

  private static String plain(double value) {
    return Double.isFinite(value) ? JsonDocument.plain(value) : "";
  }

  /** The table for a terminal. */
  String text() {
    List<Column<T>> shown = shown();
    TextTable table =
        new TextTable(shown.stream().map(column -> column.head().get()).toArray(String[]::new));
    for (T line : lines) {
      table.row(shown.stream().map(column -> column.shown().apply(line)).toArray(String[]::new));
    }
    return table.text();
  }

  /** The table in Markdown. */
  String markdown() {
    List<Column<T>> shown = shown();
    StringBuilder text = new StringBuilder("|");
    shown.forEach(column -> text.append(' ').append(bare(column.head().get())).append(" |"));
    text.append("\n|");
    for (int i = 0; i < shown.size(); i++) {
      text.append(i == 0 || shown.get(i).head().get().startsWith("<") ? "---|" : "---:|");
    }
    text.append('\n');
    for (T line : lines) {
      text.append('|');
      shown.forEach(column -> text.append(' ').append(column.shown().apply(line)).append(" |"));
      text.append('\n');
    }
    return text.toString();
  }

  private static String bare(String head) {
    return head.startsWith("<") ? head.substring(1) : head;
  }

  /** Comma-separated, RFC 4180, lines ended by a line feed. */
  String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(columns.stream().map(Column::key).toList());
      for (T line : lines) {
        csv.writeRecord(columns.stream().map(column -> column.exact().apply(line)).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private List<Column<T>> shown() {
    return columns.stream().filter(column -> column.head().isPresent()).toList();
  }
}
