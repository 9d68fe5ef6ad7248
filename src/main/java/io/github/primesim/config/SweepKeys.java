package io.github.primesim.config;

import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Keys and values of a sweep file: each is known, and each value is a value. */
final class SweepKeys {
  private static final String ELEMENT = "\\[\\d{1,6}]$";

  private final YamlDocument document;
  private final List<String> known;
  private final Map<String, JsonPointer> places = new HashMap<>();
  private final List<Written> written = new ArrayList<>();

  /**
   * A value as it was written.
   *
   * @param at where it stands; of the values of a range, where the range stands
   */
  record Written(String key, String value, JsonPointer at) {}

  /**
   * Keys of a file.
   *
   * @param known every key a sweep can vary; those of lists without their index
   */
  SweepKeys(YamlDocument document, List<String> known) {
    this.document = document;
    this.known = List.copyOf(known);
  }

  List<String> known() {
    return known;
  }

  /** Where the key first stands. */
  JsonPointer place(String key) {
    return places.get(key);
  }

  /** Every value the file names. */
  List<Written> written() {
    return Collections.unmodifiableList(written);
  }

  /** Takes note of a key, which is known and stands in one section only. */
  void require(JsonPointer at, String section, String key) {
    requireKnown(at, section + "." + key, key, known);
    JsonPointer before = places.putIfAbsent(key, at);
    if (before != null && !(section.equals("points") && before.matchesProperty("points"))) {
      throw document.problem(
          at,
          "stands in another section too ("
              + document.locate(before)
              + "), allowed: in one section only");
    }
  }

  /** Keys that speak of the points and not of their values. */
  List<String> list(JsonPointer at, JsonNode list, List<String> allowed) {
    if (!list.isArray() || list.isEmpty()) {
      throw document.problem(at, "allowed: a list of at least one key");
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String key = text(at.appendIndex(i), list.get(i));
      requireKnown(at.appendIndex(i), key, key, allowed);
      places.putIfAbsent(key, at.appendIndex(i));
      keys.add(key);
    }
    refuseTwice(at, keys);
    return keys;
  }

  /** A mapping of nothing but these keys. */
  JsonNode mapping(JsonPointer at, JsonNode node, List<String> allowed) {
    requireMapping(at, node);
    for (String key : node.propertyNames()) {
      requireKnown(at.appendProperty(key), key, key, allowed);
    }
    return node;
  }

  void requireMapping(JsonPointer at, JsonNode node) {
    if (!node.isObject()) {
      throw document.problem(at, "allowed: a mapping of keys to values");
    }
  }

  private void requireKnown(JsonPointer at, String written, String key, List<String> allowed) {
    if (!allowed.contains(key.replaceFirst(ELEMENT, ""))) {
      throw new InputProblem(
          document.locate(at)
              + ": unknown key '"
              + written
              + "', nearest allowed: '"
              + NearestKey.of(key, allowed)
              + "'");
    }
  }

  /** The values of a list or a range. */
  List<String> values(JsonPointer at, String key, JsonNode node) {
    List<String> values = new ArrayList<>();
    if (node.isObject()) {
      values.addAll(new SweepRange(document, at, node).values());
      values.forEach(value -> written.add(new Written(key, value, at)));
      return values;
    }
    if (!node.isArray()) {
      throw document.problem(
          at, "allowed: a list or a range; what is the same in all points belongs into 'fixed'");
    }
    if (node.isEmpty()) {
      throw document.problem(at, "is an empty list, allowed: at least one value");
    }
    for (int i = 0; i < node.size(); i++) {
      values.add(value(at.appendIndex(i), key, node.get(i)));
    }
    return values;
  }

  /** A single value. */
  String value(JsonPointer at, String key, JsonNode node) {
    String value = text(at, node);
    written.add(new Written(key, value, at));
    return value;
  }

  /** A scalar as text. */
  String text(JsonPointer at, JsonNode node) {
    if (node.isContainer()) {
      throw document.problem(at, "allowed: a single value");
    }
    String text = ScalarText.of(node).strip();
    if (text.isEmpty() || text.lines().count() > 1) {
      throw document.problem(at, "allowed: one line of text");
    }
    return text;
  }

  void refuseTwice(JsonPointer at, List<String> values) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (first.putIfAbsent(values.get(i), i) != null) {
        throw document.problem(at, "has " + values.get(i) + " twice, allowed: every value once");
      }
    }
  }
}
