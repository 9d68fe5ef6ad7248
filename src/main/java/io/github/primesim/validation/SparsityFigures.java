package io.github.primesim.validation;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

/** How many weights of a network are zero. */
final class SparsityFigures {
  private static final double PERCENT = 100;

  private SparsityFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "sparsity", SparsityFigures::sparsity,
        "sparsity-of-densities", SparsityFigures::sparsityOfDensities,
        "layer-inputs", question -> question.network().inputRows(layer(question)),
        "layer-columns", question -> question.network().columns(layer(question)),
        "layer-density", question -> density(question, weight -> weight != 0),
        "layer-sign-density", question -> density(question, weight -> weight > 0));
  }

  /** Percent of all weights, biases left out. */
  private static double sparsity(Question question) {
    Network network = question.network();
    Weights weights = question.request().weights();
    long kept = 0;
    long all = 0;
    for (Layer layer : network.weightedLayers()) {
      kept += count(network, weights, layer, weight -> weight != 0);
      all += network.weights(layer);
    }
    return PERCENT * (all - kept) / all;
  }

  private static long count(
      Network network, Weights weights, Layer layer, DoublePredicate counted) {
    long count = 0;
    int end = network.inputRows(layer) * network.columns(layer);
    for (int i = 0; i < network.matrices(layer); i++) {
      WeightMatrix matrix = weights.matrix(layer, i);
      for (int at = 0; at < end; at++) {
        count += counted.test(matrix.values()[at]) ? 1 : 0;
      }
    }
    return count;
  }

  /** The same from a density in percent for each layer. */
  private static double sparsityOfDensities(Question question) {
    Network network = question.network();
    List<String> words = question.words("densities");
    List<Layer> layers = network.weightedLayers();
    double kept = 0;
    double all = 0;
    for (Layer layer : layers) {
      int at = words.indexOf(layer.name());
      if (at < 0 || words.size() != 2 * layers.size()) {
        throw new InputProblem(
            "input 'densities' is '"
                + String.join(" ", words)
                + "', allowed: name and percentage of each of "
                + String.join(", ", layers.stream().map(Layer::name).toList()));
      }
      kept += network.weights(layer) * Question.number("densities", words.get(at + 1)) / PERCENT;
      all += network.weights(layer);
    }
    return PERCENT * (1 - kept / all);
  }

  private static Layer layer(Question question) {
    String name = question.text("layer");
    return question.network().weightedLayers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new InputProblem("input 'layer' is '" + name + "', which has no weights"));
  }

  private static double density(Question question, DoublePredicate counted) {
    Layer layer = layer(question);
    Network network = question.network();
    long kept = count(network, question.request().weights(), layer, counted);
    return PERCENT * kept / network.weights(layer);
  }
}
