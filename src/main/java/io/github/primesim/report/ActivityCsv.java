package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.experiment.ActivityResult;
import io.github.primesim.experiment.LayerActivity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Measured activity as CSV: a line per layer and basis, data and mean, units in the heads. */
public final class ActivityCsv {
  private ActivityCsv() {}

  /** Comma-separated, RFC 4180, lines ended by a line feed; slices count from the highest bits. */
  public static String of(ActivityResult activity) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      List<String> heads = new ArrayList<>(List.of("layer", "activity"));
      for (int slice = 0; slice < slices(activity); slice++) {
        heads.add("activeRows" + slice);
        heads.add("meanSquare" + slice);
      }
      heads.addAll(List.of("wordlineDrives", "cellInputSquares", "cellInputSquareLevels", "pj"));
      csv.writeRecord(heads);
      for (LayerActivity layer : activity.layers()) {
        csv.writeRecord(line(layer.layer(), "data", layer.data()));
        csv.writeRecord(line(layer.layer(), "mean", layer.mean()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private static int slices(ActivityResult activity) {
    return activity.layers().isEmpty() ? 0 : activity.layers().get(0).data().activeRows().size();
  }

  private static List<String> line(String layer, String basis, LayerActivity.Drive drive) {
    List<String> cells = new ArrayList<>(List.of(layer, basis));
    for (int slice = 0; slice < drive.activeRows().size(); slice++) {
      cells.add(JsonDocument.plain(drive.activeRows().get(slice)));
      cells.add(JsonDocument.plain(drive.meanSquares().get(slice)));
    }
    cells.add(JsonDocument.amount(drive.wordlineDrives()));
    cells.add(JsonDocument.amount(drive.cellInputSquares()));
    cells.add(JsonDocument.amount(drive.cellInputSquareLevels()));
    cells.add(JsonDocument.plain(drive.pj()));
    return cells;
  }
}
