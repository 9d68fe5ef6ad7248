package io.github.primesim.config;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.primesim.units.InputProblem;
import io.github.primesim.validation.StoredEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code primesim evaluate --out docs/evaluation} wrote. */
final class EvaluationResults {
  private static final String INPUTS = "inputs.csv";

  private EvaluationResults() {}

  /**
   * One table with the digests of what was measured.
   *
   * @param installation folder that holds {@code docs/}
   * @param table name of the part
   * @return nothing where there is none
   * @throws InputProblem if a file is damaged
   */
  static Optional<StoredEvaluation> load(Path installation, String table) {
    Path folder = installation.resolve("docs").resolve("evaluation");
    Path file = folder.resolve(table + ".csv");
    Path inputs = folder.resolve(INPUTS);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(inputs)) {
      return Optional.empty();
    }
    Map<String, String> digests = new LinkedHashMap<>();
    read(inputs, "name", "sha256").forEach(row -> digests.put(row.get("name"), row.get("sha256")));
    return Optional.of(
        new StoredEvaluation(
            read(file, "network", "treatment", "scheme", "crossbarSize"), digests));
  }

  /**
   * Rows of a table, each with its fields by column.
   *
   * @param columns that it must have
   * @throws InputProblem if it has not, or is damaged
   */
  static List<Map<String, String>> read(Path file, String... columns) {
    List<Map<String, String>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : records) {
        Map<String, String> row = line.getFieldsAsMap();
        for (String column : columns) {
          if (!row.containsKey(column)) {
            throw new InputProblem(file + ": has no column '" + column + "'");
          }
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      if (e instanceof InputProblem problem) {
        throw problem;
      }
      throw new InputProblem(file + ": is damaged: " + e.getMessage(), e);
    }
  }
}
