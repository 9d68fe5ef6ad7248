package io.github.primesim.config;

import io.github.primesim.experiment.sweep.Spacing;
import java.math.BigDecimal;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.JsonNode;

/** A number, truth value or text of a file as the one text that all ways to write it come to. */
final class ScalarText {
  private ScalarText() {}

  static String of(JsonNode node) {
    return node.isNumber() ? Spacing.text(number(node)) : node.asString();
  }

  /** The number as it was written. */
  static BigDecimal number(JsonNode node) {
    return node.isIntegralNumber()
        ? new BigDecimal(node.bigIntegerValue())
        // Double.toString is not the shortest before JDK 19.
        : new BigDecimal(NumberOutput.toString(node.doubleValue(), true));
  }
}
