package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.experiment.Breakdown;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Energy breakdowns as CSV: a line per result, view and row, units in the heads. */
public final class BreakdownCsv {
  private BreakdownCsv() {}

  /** Comma-separated, RFC 4180, lines ended by a line feed. */
  public static String of(List<RunResult> results, List<View> views) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "network", "mapping", "crossbar", "view", "name", "pj", "share", "pjPerMac", "pjPerMm2");
      for (RunResult result : results) {
        for (View view : views) {
          for (Breakdown.Row row : Breakdown.of(result, view).rows()) {
            csv.writeRecord(
                result.compiled().network(),
                result.compiled().mapping(),
                result.compiled().crossbar(),
                view.key(),
                row.name(),
                JsonDocument.plain(row.pj()),
                JsonDocument.plain(row.share()),
                JsonDocument.plain(row.pjPerMac()),
                JsonDocument.plain(row.pjPerMm2()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }
}
