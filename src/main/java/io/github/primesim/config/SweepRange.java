package io.github.primesim.config;

import io.github.primesim.experiment.sweep.Draws;
import io.github.primesim.experiment.sweep.Spacing;
import io.github.primesim.experiment.sweep.SweepPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A range of a sweep file: {@code {from, to, step}}, {@code {from, to, factor}} or {@code {from,
 * to, count, scale}}; of random draws also {@code {from, to, scale}}.
 */
final class SweepRange {
  private static final List<String> KEYS =
      List.of("from", "to", "step", "factor", "count", "scale");
  private static final String LOG = "log";

  private final YamlDocument document;
  private final JsonPointer at;
  private final JsonNode node;

  SweepRange(YamlDocument document, JsonPointer at, JsonNode node) {
    this.document = document;
    this.at = at;
    this.node = node;
    for (String key : node.propertyNames()) {
      if (!KEYS.contains(key)) {
        throw document.problem(
            at.appendProperty(key),
            "is unknown, nearest allowed: '" + NearestKey.of(key, KEYS) + "'");
      }
    }
    for (String end : List.of("from", "to")) {
      if (!node.has(end)) {
        throw document.problem(at, "has no '" + end + "', a range needs from and to");
      }
    }
    if (from().compareTo(to()) > 0) {
      throw document.problem(at.appendProperty("to"), "allowed: from " + node.get("from") + " up");
    }
    if (List.of("step", "factor", "count").stream().filter(node::has).count() > 1) {
      throw document.problem(at, "has several of step, factor and count, allowed: one of them");
    }
    if (node.has("scale") && (node.has("step") || node.has("factor"))) {
      throw document.problem(at.appendProperty("scale"), "allowed: beside count, or in random");
    }
    if (logarithmic() && from().signum() <= 0) {
      throw document.problem(at.appendProperty("from"), "allowed with scale log: more than 0");
    }
  }

  /** Whether it holds all numbers between its ends. */
  boolean isContinuous() {
    return !node.has("step") && !node.has("factor") && !node.has("count");
  }

  /** What numbers are drawn from. */
  Draws.Between draws() {
    return new Draws.Between(from().doubleValue(), to().doubleValue(), logarithmic());
  }

  /** Its numbers, in order. */
  List<String> values() {
    if (node.has("step")) {
      BigDecimal step = positive("step", "more than 0", BigDecimal.ZERO);
      requireFew(Spacing.stepCount(from(), to(), step));
      return Spacing.steps(from(), to(), step);
    }
    if (node.has("factor")) {
      BigDecimal factor = positive("factor", "more than 1", BigDecimal.ONE);
      if (from().signum() <= 0) {
        throw document.problem(at.appendProperty("from"), "allowed with a factor: more than 0");
      }
      double count =
          Math.log(to().doubleValue() / from().doubleValue()) / Math.log(factor.doubleValue()) + 1;
      requireFew(BigDecimal.valueOf(Math.min(count, Long.MAX_VALUE)));
      return Spacing.factors(from(), to(), factor);
    }
    if (node.has("count")) {
      JsonPointer key = at.appendProperty("count");
      int count = wholeNumber(document, key, node.get("count"), 1, SweepPlan.MOST_POINTS);
      if (count == 1 && from().compareTo(to()) != 0) {
        throw document.problem(key, "allowed: 2 or more, since both ends belong to a range");
      }
      return Spacing.count(from(), to(), count, logarithmic());
    }
    throw document.problem(at, "has none of step, factor and count, allowed: one of them");
  }

  private void requireFew(BigDecimal count) {
    if (count.compareTo(BigDecimal.valueOf(SweepPlan.MOST_POINTS)) > 0) {
      throw document.problem(
          at,
          "has "
              + Spacing.text(count.setScale(0, RoundingMode.DOWN))
              + " values, allowed: at most "
              + SweepPlan.MOST_POINTS);
    }
  }

  private BigDecimal from() {
    return number("from");
  }

  private BigDecimal to() {
    return number("to");
  }

  private boolean logarithmic() {
    Optional<String> scale = Optional.ofNullable(node.get("scale")).map(JsonNode::asString);
    if (scale.isPresent() && !scale.get().equals(LOG) && !scale.get().equals("linear")) {
      throw document.problem(at.appendProperty("scale"), "allowed: linear, log");
    }
    return scale.filter(LOG::equals).isPresent();
  }

  private BigDecimal positive(String key, String allowed, BigDecimal above) {
    BigDecimal number = number(key);
    if (number.compareTo(above) <= 0) {
      throw document.problem(at.appendProperty(key), "allowed: " + allowed);
    }
    return number;
  }

  private BigDecimal number(String key) {
    JsonNode number = node.get(key);
    if (!number.isNumber()) {
      throw document.problem(at.appendProperty(key), "allowed: a number");
    }
    return ScalarText.number(number);
  }

  /** A whole number of a sweep file. */
  static int wholeNumber(
      YamlDocument document, JsonPointer at, JsonNode node, int least, int most) {
    if (!node.isIntegralNumber()
        || ScalarText.number(node).compareTo(BigDecimal.valueOf(least)) < 0
        || ScalarText.number(node).compareTo(BigDecimal.valueOf(most)) > 0) {
      throw document.problem(at, "allowed: a whole number from " + least + " to " + most);
    }
    return node.intValue();
  }
}
