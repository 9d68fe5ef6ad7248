package io.github.primesim.config;

import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The values a network file may hold, each on its own. The reader refuses others and the schema in
 * {@code docs/} is made of them, so that one knows no bound that the other does not. What several
 * values or the graph decide is left to the layers and the network.
 */
final class NetworkRanges {
  /** Name of the network, and of what a layer reads. */
  private static final Range WORD = Range.text(Network.NAME, "one word of letters, digits, _ . -");

  private static final Range LAYER_NAME =
      Range.text(
          "(?!" + Network.INPUT + "$)" + Network.NAME,
          "one word of letters, digits, _ . -, other than '" + Network.INPUT + "'");
  private static final Range ONE = WORD.list(1, 1);
  private static final Range TWO_OR_MORE = WORD.list(2, Integer.MAX_VALUE);
  private static final Range FROM_ZERO = Range.whole(0, Integer.MAX_VALUE);
  private static final Range FROM_ONE = Range.whole(1, Integer.MAX_VALUE);

  /** Of a layer in each channel; kept as a {@code float}. */
  private static final Range CONSTANTS =
      Range.number(-Float.MAX_VALUE, Float.MAX_VALUE).list(1, Integer.MAX_VALUE);

  private static final Range SHAPE = FROM_ONE.list(3, 3);

  private NetworkRanges() {}

  /**
   * What a value, each element of a list, or each value of a mapping may be.
   *
   * @param above whether {@code least} itself is not allowed
   * @param text expression that all of a text matches, empty for numbers
   * @param fewest elements of a list
   * @param longest elements of a list
   * @param said what texts are allowed, empty for numbers
   */
  record Range(
      double least, double most, boolean above, String text, int fewest, int longest, String said) {
    static Range any() {
      return number(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    static Range number(double least, double most) {
      return new Range(least, most, false, "", 0, Integer.MAX_VALUE, "");
    }

    static Range whole(int least, int most) {
      return number(least, most);
    }

    /** Numbers above zero. */
    static Range positive(double most) {
      return new Range(0, most, true, "", 0, Integer.MAX_VALUE, "");
    }

    static Range text(String expression, String said) {
      return new Range(0, 0, false, expression, 0, Integer.MAX_VALUE, said);
    }

    Range list(int shortest, int longestList) {
      return new Range(least, most, above, text, shortest, longestList, said);
    }

    private boolean admits(JsonNode value) {
      if (value.isString() && !text.isEmpty()) {
        return Pattern.matches(text, value.stringValue());
      }
      if (!value.isNumber()) {
        // The record of the keys knows which type a value has.
        return true;
      }
      double number = value.doubleValue();
      return (above ? number > least : number >= least) && number <= most;
    }

    private String allowed() {
      if (!said.isEmpty()) {
        return said;
      }
      boolean open = most == Integer.MAX_VALUE || most == Double.MAX_VALUE;
      if (above) {
        return "above " + plain(least) + (open ? "" : " and at most " + plain(most));
      }
      return plain(least) + (open ? " and above" : " to " + plain(most));
    }

    private String allowedEntries() {
      if (fewest == longest) {
        return Integer.toString(fewest);
      }
      return fewest + (longest == Integer.MAX_VALUE ? " and above" : " to " + longest);
    }

    private static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.format(Locale.ROOT, "%.0f", value)
          : Double.toString(value);
    }
  }

  /** Of keys at the top of the file. */
  static Map<String, Range> document() {
    return Map.of("name", WORD);
  }

  /** Of the keys of {@code input}. */
  static Map<String, Range> input() {
    return Map.of("channels", FROM_ONE, "height", FROM_ONE, "width", FROM_ONE);
  }

  /** Of the keys of {@code synthetic}. */
  static Map<String, Range> synthetic() {
    return Map.of("sigma", Range.number(0, 2), "densities", Range.positive(1));
  }

  /**
   * Of the keys of a layer. Where fewer inputs than two are too few, the key itself is needed: the
   * layer before is one.
   *
   * @param type as the file writes it, one that is known
   */
  static Map<String, Range> layer(String type) {
    Map<String, Range> ranges = new HashMap<>(ofType(type));
    ranges.put("name", LAYER_NAME);
    ranges.putIfAbsent("inputs", ONE);
    return ranges;
  }

  private static Map<String, Range> ofType(String type) {
    return switch (type) {
      case "convolution" ->
          Map.of(
              "outputChannels", FROM_ONE,
              "kernel", FROM_ONE,
              "stride", FROM_ONE,
              "padding", FROM_ZERO,
              "groups", FROM_ONE,
              "epsilon", Range.positive(Double.MAX_VALUE));
      case "fullyConnected" ->
          Map.of("outputs", FROM_ONE, "epsilon", Range.positive(Double.MAX_VALUE));
      case "maxPool", "meanPool" ->
          Map.of("kernel", FROM_ONE, "stride", FROM_ONE, "padding", FROM_ZERO);
      case "lstm" -> units(Recurrence.Cell.LSTM);
      case "gru" -> units(Recurrence.Cell.GRU);
      case "rnn" -> units(Recurrence.Cell.RNN);
      // How many of them are initial states, the cell tells.
      case "recurrence" -> Map.of("inputs", WORD.list(1, 3));
      case "add", "multiply" -> Map.of("inputs", TWO_OR_MORE);
      case "affine" -> Map.of("factors", CONSTANTS, "offsets", CONSTANTS);
      // The function itself knows its steps.
      case "lookup" -> Map.of("function", Range.any().list(1, Integer.MAX_VALUE));
      case "softmax" -> Map.of();
      case "concatenate" -> Map.of("inputs", WORD.list(1, Integer.MAX_VALUE));
      case "view" -> Map.of("shape", SHAPE, "offset", FROM_ZERO, "sizes", FROM_ONE);
      case "host" -> Map.of("inputs", WORD, "shape", SHAPE);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static Map<String, Range> units(Recurrence.Cell cell) {
    return Map.of("units", Range.whole(1, Integer.MAX_VALUE / cell.gates()));
  }

  /**
   * Looks through the values under {@code at}, whose types are known to be right.
   *
   * @throws io.github.primesim.units.InputProblem if one is out of its range
   */
  static void check(YamlDocument yaml, JsonPointer at, Map<String, Range> ranges) {
    JsonNode keys = yaml.root().at(at);
    // In the order of the file, so that the first problem is the one that is told.
    for (String key : keys.propertyNames()) {
      Range range = ranges.get(key);
      if (range != null) {
        check(yaml, at.appendProperty(key), keys.get(key), range);
      }
    }
  }

  private static void check(YamlDocument yaml, JsonPointer at, JsonNode value, Range range) {
    if (value.isArray()) {
      if (value.size() < range.fewest() || value.size() > range.longest()) {
        throw yaml.problem(
            at,
            "has "
                + value.size()
                + (value.size() == 1 ? " entry" : " entries")
                + ", allowed: "
                + (range.equals(SHAPE) ? "[channels, height, width]" : range.allowedEntries()));
      }
      for (int i = 0; i < value.size(); i++) {
        check(yaml, at.appendIndex(i), value.get(i), range);
      }
    } else if (value.isObject()) {
      for (String key : value.propertyNames()) {
        check(yaml, at.appendProperty(key), value.get(key), range);
      }
    } else if (!range.admits(value)) {
      throw yaml.problem(at, "allowed: " + range.allowed());
    }
  }
}
