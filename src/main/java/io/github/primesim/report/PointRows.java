package io.github.primesim.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands in one {@code points.csv}; each number of a point that is done is one.
 *
 * @param columns head of the table
 * @param rows in the order of the file
 */
record PointRows(List<String> columns, List<Row> rows) {
  private static final List<String> NEEDED =
      List.of("index", "point", "status", "network", "latencyNs", "energyPj", "computeAreaUm2");

  /**
   * A point.
   *
   * @param line where it begins
   * @param index number of the point
   * @param fields by the place of their column
   */
  record Row(long line, long index, List<String> fields) {}

  PointRows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a table.
   *
   * @throws InputProblem naming the line that no sweep wrote
   */
  static PointRows read(Path file) {
    List<String> columns = List.of();
    List<Row> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord each : reader) {
        List<String> fields = List.copyOf(each.getFields());
        if (columns.isEmpty()) {
          columns = fields;
          requireNeeded(file, columns);
        } else {
          rows.add(row(file + ":" + each.getStartingLineNumber(), each, columns, fields));
        }
      }
    } catch (CsvParseException | IOException e) {
      throw new InputProblem(
          file + ": cannot be read: " + e.getMessage() + ", allowed: what a sweep writes", e);
    }
    if (columns.isEmpty()) {
      throw new InputProblem(file + ": is empty, allowed: a head and a row a point");
    }
    return new PointRows(columns, rows);
  }

  private static void requireNeeded(Path file, List<String> columns) {
    for (String needed : NEEDED) {
      if (!columns.contains(needed)) {
        throw new InputProblem(file + ":1: lacks '" + needed + "', allowed: what a sweep writes");
      }
    }
  }

  private static Row row(
      String place, CsvRecord record, List<String> columns, List<String> fields) {
    String index = fields.get(columns.indexOf("index"));
    if (!index.matches("\\d{1,18}")) {
      throw problem(place, "index", index, "a whole number from 0");
    }
    String status = fields.get(columns.indexOf("status"));
    if (status.equals(PointTable.DONE)) {
      requireNumbers(place, columns, fields);
    } else if (!status.equals(PointTable.FAILED)) {
      throw problem(place, "status", status, PointTable.DONE + " or " + PointTable.FAILED);
    }
    return new Row(record.getStartingLineNumber(), Long.parseLong(index), fields);
  }

  private static void requireNumbers(String place, List<String> columns, List<String> fields) {
    Set<String> numbers = new LinkedHashSet<>(columns);
    numbers.retainAll(PointTable.NUMBERS);
    for (String column : numbers) {
      String text = fields.get(columns.indexOf(column));
      if (!SweepFolder.isNumber(text) || !Quantity.isOne(Double.parseDouble(text))) {
        throw problem(place, column, text, Quantity.ALLOWED);
      }
    }
  }

  private static InputProblem problem(String place, String column, String text, String allowed) {
    return new InputProblem(place + ": " + column + " '" + text + "', allowed: " + allowed);
  }
}
