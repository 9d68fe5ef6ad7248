package io.github.primesim.report;

import io.github.primesim.experiment.PrunedLayer;
import io.github.primesim.experiment.PrunedNetwork;
import java.util.List;
import java.util.Locale;

/** What pruning did, layer by layer: as a table, as CSV, and as JSON. */
public final class PruningText {
  private PruningText() {}

  /** A table for a terminal, ended by a sentence. */
  public static String text(PrunedNetwork pruned) {
    TextTable table =
        new TextTable(
            "layer",
            "positions",
            "weights",
            "zero before",
            "zero",
            "arrays dense",
            "before",
            "now");
    for (PrunedLayer layer : pruned.layers()) {
      table.row(
          layer.name() + (layer.isProtected() ? " (protected)" : ""),
          Numbers.count(layer.positions()),
          Numbers.count(layer.weights()),
          Numbers.percent((double) layer.zerosBefore() / layer.weights()),
          Numbers.percent((double) layer.zerosAfter() / layer.weights()),
          Numbers.count(layer.arrays().dense()),
          Numbers.count(layer.arrays().mapped()),
          Numbers.count(layer.arraysAfter()));
    }
    long dense = pruned.total(layer -> layer.arrays().dense());
    long now = pruned.total(PrunedLayer::arraysAfter);
    return table.text()
        + String.format(
            Locale.ROOT,
            "%n%s: %s of the weights are zero; %s arrays of %dx%d instead of %s before and %s dense"
                + " (%s fewer)%nThe weights that stay are not fitted to the loss of the others yet.%n",
            pruned.name(),
            Numbers.percent(pruned.sparsity()),
            Numbers.count(now),
            pruned.crossbarRows(),
            pruned.crossbarBitlines(),
            Numbers.count(pruned.total(layer -> layer.arrays().mapped())),
            Numbers.count(dense),
            Numbers.ratio((double) dense / now));
  }

  /** One line a layer and one for all, under a line of heads. */
  public static String csv(PrunedNetwork pruned) {
    StringBuilder text = new StringBuilder();
    text.append(
        "layer,positions,weights,zeros_before,zeros,arrays_dense,arrays_before,arrays,"
            + "position_arrays_dense,position_arrays_before,position_arrays\n");
    for (PrunedLayer layer : pruned.layers()) {
      line(text, layer.name(), Long.toString(layer.positions()), List.of(layer));
    }
    line(text, "total", "", pruned.layers());
    return text.toString();
  }

  private static void line(
      StringBuilder text, String name, String positions, List<PrunedLayer> layers) {
    long[] sums = new long[9];
    for (PrunedLayer layer : layers) {
      long[] values = {
        layer.weights(),
        layer.zerosBefore(),
        layer.zerosAfter(),
        layer.arrays().dense(),
        layer.arrays().mapped(),
        layer.arraysAfter()
      };
      for (int i = 0; i < values.length; i++) {
        sums[i] += values[i];
      }
      for (int i = 3; i < values.length; i++) {
        sums[i + 3] += values[i] * layer.positions();
      }
    }
    text.append(name).append(',').append(positions);
    for (long sum : sums) {
      text.append(',').append(sum);
    }
    text.append('\n');
  }

  /** One JSON object. */
  public static String json(PrunedNetwork pruned) {
    return JsonDocument.object(
        json -> {
          json.put("schema", "primesim.pruning/1")
              .put("network", pruned.name())
              .put("scheme", pruned.choices().scheme())
              .put("target", Double.parseDouble(pruned.choices().target()))
              .put("of", pruned.choices().share())
              .put("rank", pruned.choices().rank())
              .put("per", pruned.choices().per())
              .put("mapping", pruned.mapping())
              .put("signs", pruned.signs())
              .put("crossbarRows", pruned.crossbarRows())
              .put("crossbarBitlines", pruned.crossbarBitlines())
              .put("sparsity", pruned.sparsity())
              .put("weights", pruned.total(PrunedLayer::weights))
              .put("zerosBefore", pruned.total(PrunedLayer::zerosBefore))
              .put("zeros", pruned.total(PrunedLayer::zerosAfter))
              .put(
                  "crossbars",
                  object ->
                      object
                          .put("dense", pruned.total(layer -> layer.arrays().dense()))
                          .put("before", pruned.total(layer -> layer.arrays().mapped()))
                          .put("mapped", pruned.total(PrunedLayer::arraysAfter)));
          json.put(
              "layers",
              pruned.layers(),
              layer ->
                  json.put("name", layer.name())
                      .put("protected", layer.isProtected())
                      .put("positions", layer.positions())
                      .put("weights", layer.weights())
                      .put("zerosBefore", layer.zerosBefore())
                      .put("zeros", layer.zerosAfter())
                      .put(
                          "crossbars",
                          object ->
                              object
                                  .put("dense", layer.arrays().dense())
                                  .put("before", layer.arrays().mapped())
                                  .put("mapped", layer.arraysAfter())));
        });
  }
}
