package io.github.primesim.validation;

import io.github.primesim.baseline.LayerWork;
import java.util.Map;

/** What a network asks for, whatever computes it. */
final class NetworkFigures {
  private NetworkFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "weights", question -> weights(question),
        "macs", question -> operations(question) / question.number("scale", 1));
  }

  /** Weights without biases. */
  private static double weights(Question question) {
    return LayerWork.of(question.network()).stream().mapToLong(LayerWork::weights).sum();
  }

  private static double operations(Question question) {
    return LayerWork.of(question.network()).stream().mapToLong(LayerWork::operations).sum();
  }
}
