package io.github.primesim.training.export;

import io.github.primesim.training.fit.LearningCurve;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a reader must know of trained weights: data, settings, accuracies and sparsity.
 *
 * @param settings label and value of each setting of the training
 */
public record ModelCard(
    Topology topology,
    Map<String, Tensor> parameters,
    LearningCurve curve,
    int testImages,
    String command,
    Map<String, String> settings,
    List<String> remarks) {

  public String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# " + topology.name());
    lines.add("");
    lines.add(topology.description() + ".");
    for (String remark : remarks) {
      lines.add("");
      lines.add(remark);
    }
    lines.add("");
    lines.add("## Accuracy");
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Float32, measured on the %,d test images after the last epoch of each stage; no epoch"
                + " was picked by it.",
            testImages));
    lines.add("");
    lines.add("| network | test accuracy |");
    lines.add("|---|---|");
    accuracy(lines, "dense", "dense");
    accuracy(lines, "right after pruning", "pruned");
    accuracy(lines, "after fine-tuning: these weights", "fine-tuned");
    lines.add("");
    lines.add("## Sparsity");
    lines.add("");
    lines.add("| layer | shape | weights | non-zero | sparsity |");
    lines.add("|---|---|---:|---:|---:|");
    long weights = 0;
    long nonZeros = 0;
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      if (Topology.isWeight(parameter.getKey())) {
        Tensor tensor = parameter.getValue();
        lines.add(row(parameter.getKey(), shape(tensor), tensor.size(), tensor.nonZeros()));
        weights += tensor.size();
        nonZeros += tensor.nonZeros();
      }
    }
    lines.add(row("all", "", weights, nonZeros));
    lines.add("");
    lines.add("Biases are not pruned and not counted.");
    lines.add("");
    lines.add("## Training");
    lines.add("");
    lines.add("```");
    lines.add(command);
    lines.add("```");
    lines.add("");
    settings.forEach((label, value) -> lines.add("* " + label + ": " + value));
    return String.join("\n", lines) + "\n";
  }

  private void accuracy(List<String> lines, String label, String stage) {
    if (curve.reached(stage)) {
      lines.add(
          String.format(
              Locale.ROOT, "| %s | %.2f %% |", label, 100 * curve.last(stage).accuracy()));
    }
  }

  private static String row(String name, String shape, long weights, long nonZeros) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %.2f %% |",
        name,
        shape,
        weights,
        nonZeros,
        100.0 * (weights - nonZeros) / weights);
  }

  private static String shape(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    for (int dimension : tensor.shape()) {
      text.append(text.isEmpty() ? "" : " x ").append(dimension);
    }
    return text.toString();
  }
}
