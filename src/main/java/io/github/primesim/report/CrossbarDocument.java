package io.github.primesim.report;

import io.github.primesim.experiment.DensityMap;
import io.github.primesim.experiment.MappingPicture;
import java.util.ArrayList;
import java.util.List;

/** Crossbars of all layers as maps of their weights, format {@code primesim.crossbars/1}. */
public final class CrossbarDocument {
  private static final String SCHEMA = "primesim.crossbars/1";

  private CrossbarDocument() {}

  /**
   * The document. Each layer has rows of bins from above, each a text of numbers: the non-zero
   * weights of a bin in per mille of its places, {@code -} where no crossbar is.
   */
  public static String of(List<MappingPicture> layers) {
    return JsonDocument.object(
        json ->
            json.put("schema", SCHEMA)
                .put(
                    "layers",
                    layers,
                    layer ->
                        json.put("name", layer.layer())
                            .put("rows", layer.after().rows())
                            .put("columns", layer.after().columns())
                            .put("step", layer.after().step())
                            .put("crossbarRows", layer.crossbarRows())
                            .put("crossbarColumns", layer.crossbarColumns())
                            .put("arrays", layer.arrays())
                            .put("perMille", lines(layer.after()))));
  }

  private static List<String> lines(DensityMap map) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < map.binRows(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < map.binColumns(); column++) {
        double density = map.density(row, column);
        line.append(column == 0 ? "" : " ");
        line.append(density < 0 ? "-" : Long.toString(Math.round(1000 * density)));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
