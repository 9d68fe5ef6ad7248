package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.experiment.EnergyRow;
import io.github.primesim.experiment.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The energy breakdown as CSV: a line per component, layer and action, units in the heads. */
public final class EnergyCsv {
  private EnergyCsv() {}

  /** Comma-separated, RFC 4180, lines ended by a line feed. */
  public static String of(RunResult result) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord("component", "layer", "action", "count", "pjEach", "pj", "level");
      for (EnergyRow row : result.energyPj().rows()) {
        csv.writeRecord(
            row.component(),
            row.layer(),
            row.action(),
            JsonDocument.amount(row.count()),
            JsonDocument.plain(row.pjEach()),
            JsonDocument.plain(row.pj()),
            row.level());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }
}
