package io.github.primesim.config;

import io.github.primesim.experiment.sweep.Designs;
import io.github.primesim.experiment.sweep.Draws;
import io.github.primesim.experiment.sweep.Fixed;
import io.github.primesim.experiment.sweep.Grid;
import io.github.primesim.experiment.sweep.Section;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.experiment.sweep.Zip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The sections of a sweep file that describe points. */
final class SweepSections {
  /** Names of all of them. */
  static final List<String> NAMES = List.of("fixed", "grid", "zip", "random", "points");

  static final int LONGEST_NAME = 100;

  private final YamlDocument document;
  private final SweepKeys keys;

  SweepSections(YamlDocument document, SweepKeys keys) {
    this.document = document;
    this.keys = keys;
  }

  /** The section of that name. */
  Section section(String name) {
    JsonPointer at = JsonPointer.empty().appendProperty(name);
    JsonNode node = document.root().get(name);
    return switch (name) {
      case "fixed" -> fixed(at, node);
      case "grid" -> grid(at, node);
      case "zip" -> zip(at, node);
      case "random" -> draws(at, node);
      case "points" -> designs(at, node);
      default -> throw new IllegalArgumentException("no section " + name);
    };
  }

  private Fixed fixed(JsonPointer at, JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(at, "fixed", node)) {
      JsonPointer place = at.appendProperty(entry.getKey());
      values.put(entry.getKey(), keys.value(place, entry.getKey(), entry.getValue()));
    }
    return new Fixed(values);
  }

  private Grid grid(JsonPointer at, JsonNode node) {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(at, "grid", node)) {
      JsonPointer place = at.appendProperty(entry.getKey());
      List<String> values = keys.values(place, entry.getKey(), entry.getValue());
      keys.refuseTwice(place, values);
      axes.put(entry.getKey(), values);
    }
    return new Grid(axes);
  }

  private Zip zip(JsonPointer at, JsonNode node) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(at, "zip", node)) {
      JsonPointer place = at.appendProperty(entry.getKey());
      List<String> values = keys.values(place, entry.getKey(), entry.getValue());
      columns.forEach((other, there) -> requireSameLength(place, values, other, there));
      columns.put(entry.getKey(), values);
    }
    Zip zip = new Zip(columns);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < zip.points(); row++) {
      rows.add(zip.values(row).toString());
    }
    keys.refuseTwice(at, rows);
    return zip;
  }

  private void requireSameLength(
      JsonPointer at, List<String> values, String other, List<String> there) {
    if (there.size() != values.size()) {
      throw document.problem(
          at,
          "has "
              + values.size()
              + " values, '"
              + other
              + "' has "
              + there.size()
              + ", allowed: lists of the same length");
    }
  }

  private Draws draws(JsonPointer at, JsonNode node) {
    List<String> parts = List.of("count", "seed", "keys");
    keys.mapping(at, node, parts);
    for (String needed : parts) {
      if (!node.has(needed)) {
        throw document.problem(at, "has no '" + needed + "', allowed: count, seed and keys");
      }
    }
    int count =
        SweepRange.wholeNumber(
            document, at.appendProperty("count"), node.get("count"), 1, SweepPlan.MOST_POINTS);
    JsonNode seed = node.get("seed");
    if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
      throw document.problem(
          at.appendProperty("seed"), "allowed: an integer of 64 bits with its sign");
    }
    JsonPointer drawn = at.appendProperty("keys");
    Map<String, Draws.Choice> choices = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(drawn, "random.keys", node.get("keys"))) {
      choices.put(
          entry.getKey(),
          choice(drawn.appendProperty(entry.getKey()), entry.getKey(), entry.getValue()));
    }
    return new Draws(count, seed.longValue(), choices);
  }

  private Draws.Choice choice(JsonPointer at, String key, JsonNode node) {
    if (node.isObject()) {
      SweepRange range = new SweepRange(document, at, node);
      if (range.isContinuous()) {
        return range.draws();
      }
    }
    List<String> values = keys.values(at, key, node);
    keys.refuseTwice(at, values);
    return new Draws.AnyOf(values);
  }

  private Designs designs(JsonPointer at, JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw document.problem(at, "allowed: a list of at least one {name: ..., key: value, ...}");
    }
    List<Designs.Design> designs = new ArrayList<>();
    Map<Object, JsonPointer> seen = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      JsonPointer place = at.appendIndex(i);
      Designs.Design design = design(place, list.get(i));
      Object identity = design.name().isPresent() ? design.name() : design.values();
      JsonPointer before = seen.put(identity, place);
      if (before != null) {
        throw document.problem(
            design.name().isPresent() ? place.appendProperty("name") : place,
            "which is that of another point ("
                + document.locate(before)
                + "), allowed: every point once, under a name of its own");
      }
      designs.add(design);
    }
    return new Designs(designs);
  }

  private Designs.Design design(JsonPointer at, JsonNode node) {
    keys.requireMapping(at, node);
    Optional<String> name = Optional.empty();
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonPointer place = at.appendProperty(entry.getKey());
      if (entry.getKey().equals("name")) {
        name = Optional.of(name(place, entry.getValue()));
      } else {
        keys.require(place, "points", entry.getKey());
        values.put(entry.getKey(), keys.value(place, entry.getKey(), entry.getValue()));
      }
    }
    if (values.isEmpty() && name.isEmpty()) {
      throw document.problem(at, "says nothing, allowed: a name, or at least one key");
    }
    return new Designs.Design(name, values);
  }

  private String name(JsonPointer at, JsonNode node) {
    String name = keys.text(at, node);
    if (name.length() > LONGEST_NAME || !name.matches("[^=\"\\p{Cntrl}]+")) {
      throw document.problem(
          at,
          "allowed: one line of at most "
              + LONGEST_NAME
              + " characters without '=' and quotation marks");
    }
    return name;
  }

  private Iterable<Map.Entry<String, JsonNode>> entries(
      JsonPointer at, String section, JsonNode node) {
    keys.requireMapping(at, node);
    if (node.isEmpty()) {
      throw document.problem(at, "is empty, allowed: at least one key");
    }
    node.propertyNames().forEach(key -> keys.require(at.appendProperty(key), section, key));
    return node.properties();
  }
}
