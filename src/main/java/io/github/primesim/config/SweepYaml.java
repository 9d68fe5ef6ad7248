package io.github.primesim.config;

import io.github.primesim.experiment.sweep.Iso;
import io.github.primesim.experiment.sweep.Section;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Structure of a sweep file, format {@code primesim.sweep/1}; {@code docs/sweep.md} describes it.
 * Whether values are any good is not its concern.
 */
final class SweepYaml {
  private static final String SCHEMA = "primesim.sweep/1";
  private static final List<String> ABOUT = List.of("schema", "name", "description");

  private final YamlDocument document;
  private final SweepKeys keys;

  SweepYaml(YamlDocument document, SweepKeys keys) {
    this.document = document;
    this.keys = keys;
  }

  /**
   * The sweep it describes.
   *
   * @throws InputProblem naming file, line, key, value and what is allowed
   */
  SweepPlan plan() {
    keys.mapping(
        JsonPointer.empty(),
        document.root(),
        Stream.of(ABOUT, SweepSections.NAMES, List.of("iso")).flatMap(List::stream).toList());
    if (!text("schema").equals(SCHEMA)) {
      throw document.problem(at("schema"), "allowed: " + SCHEMA);
    }
    String name = text("name");
    if (name.isBlank() || name.length() > SweepSections.LONGEST_NAME || name.lines().count() > 1) {
      throw document.problem(
          at("name"), "allowed: one line of at most " + SweepSections.LONGEST_NAME + " characters");
    }
    String description = document.root().has("description") ? text("description").strip() : "";
    List<Section> sections = sections();
    Iso iso = document.root().has("iso") ? iso(at("iso"), document.root().get("iso")) : Iso.NONE;
    try {
      return new SweepPlan(name.strip(), description, sections, iso);
    } catch (IllegalArgumentException tooMany) {
      throw new InputProblem(document.file() + ": " + tooMany.getMessage(), tooMany);
    }
  }

  private List<Section> sections() {
    SweepSections reader = new SweepSections(document, keys);
    List<Section> sections = new ArrayList<>();
    for (String key : document.root().propertyNames()) {
      if (SweepSections.NAMES.contains(key)) {
        sections.add(reader.section(key));
      }
    }
    if (sections.isEmpty()) {
      throw new InputProblem(
          document.file()
              + ": describes no point, allowed: "
              + String.join(", ", SweepSections.NAMES));
    }
    return sections;
  }

  private Iso iso(JsonPointer at, JsonNode node) {
    keys.mapping(at, node, List.of("equal", "within", "per"));
    List<String> comparable = new ArrayList<>(keys.known());
    comparable.add(Iso.CELLS);
    Map<String, Double> within = new LinkedHashMap<>();
    if (node.has("within")) {
      JsonPointer place = at.appendProperty("within");
      keys.mapping(place, node.get("within"), Iso.AREAS);
      for (Map.Entry<String, JsonNode> bound : node.get("within").properties()) {
        if (!bound.getValue().isNumber() || bound.getValue().doubleValue() < 0) {
          throw document.problem(
              place.appendProperty(bound.getKey()), "allowed: a share such as 0.05, 0 or more");
        }
        within.put(bound.getKey(), bound.getValue().doubleValue());
      }
    }
    return new Iso(
        node.has("equal")
            ? keys.list(at.appendProperty("equal"), node.get("equal"), comparable)
            : List.of(),
        within,
        node.has("per")
            ? keys.list(at.appendProperty("per"), node.get("per"), keys.known())
            : List.of());
  }

  private String text(String key) {
    JsonNode node = document.root().get(key);
    if (node == null) {
      throw new InputProblem(document.file() + ": key '" + key + "' is missing");
    }
    if (!node.isString()) {
      throw document.problem(at(key), "allowed: text");
    }
    return node.stringValue();
  }

  private static JsonPointer at(String key) {
    return JsonPointer.empty().appendProperty(key);
  }
}
