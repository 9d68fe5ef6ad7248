package io.github.primesim.validation;

import java.util.Map;

/**
 * Accuracies that were measured when a network was trained, as its card and its study state them.
 */
final class StatedFigures {
  private static final double PERCENT = 100;

  private StatedFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "card-accuracy", StatedFigures::accuracy,
        "card-accuracy-difference", StatedFigures::difference,
        "studied-accuracy-loss", StatedFigures::loss);
  }

  private static double accuracy(Question question) {
    String state = question.oneOf("column", "dense", "pruned", "crossbars");
    return PERCENT * stated(question, question.text("network"), state);
  }

  /** Points that pruning which knows the crossbars loses against pruning by magnitude. */
  private static double difference(Question question) {
    return PERCENT
        * (stated(question, question.text("network"), "pruned")
            - stated(
                question,
                question.text("against"),
                question.oneOf("column", "pruned", "crossbars")));
  }

  private static double stated(Question question, String network, String state) {
    return question
        .bench()
        .statedAccuracy(network, state)
        .orElseThrow(
            () -> new AbsentFigureException("the card of '" + network + "' says nothing of it"));
  }

  /** Points that weights of few bits lose against floating point, at a sparsity in percent. */
  private static double loss(Question question) {
    String network = question.text("network");
    double sparsity = question.number("sparsity") / PERCENT;
    int bits = question.count("bits");
    return PERCENT
        * (inBits(question, network, sparsity, "float")
            - inBits(question, network, sparsity, bits + " bits"));
  }

  private static double inBits(Question question, String network, double sparsity, String weights) {
    return question.bench().sources().accuracyInBits(network).stream()
        .filter(row -> row.get("weights").equals(weights))
        .filter(row -> Double.parseDouble(row.get("sparsity")) == sparsity)
        .mapToDouble(row -> Double.parseDouble(row.get("accuracy")))
        .findFirst()
        .orElseThrow(() -> new AbsentFigureException("was not studied"));
  }
}
