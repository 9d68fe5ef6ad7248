package io.github.primesim.config;

import io.github.primesim.hardware.Quantity;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hardware file merged with the files it extends. Sections merge key by key; a quantity replaces
 * the one below as a whole, so that a number never inherits the source of another.
 */
final class HardwareTree implements YamlLocator {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final String EXTENDS = "extends";
  private static final List<String> QUANTITY = List.of("value", "unit", "source", "node", "basis");
  private static final List<String> BESIDE = List.of("alternatives", "note");

  private final String file;
  private final ObjectNode root;

  /**
   * The file, or the setting, that a key came from; a key without an entry came with its parent.
   */
  private final Map<JsonPointer, YamlLocator> origins = new HashMap<>();

  private HardwareTree(String file, ObjectNode root) {
    this.file = file;
    this.root = root;
  }

  /** A tree of its own with the same content. */
  HardwareTree copy() {
    HardwareTree copy = new HardwareTree(file, root.deepCopy());
    copy.origins.putAll(origins);
    return copy;
  }

  /**
   * Reads {@code file} and all it extends.
   *
   * @param bundled where a name without the ending {@code .yaml} is found
   */
  static HardwareTree read(Path file, Function<String, Path> bundled) {
    YamlDocument document = StrictYaml.read(file);
    HardwareTree tree = new HardwareTree(file.toString(), JsonNodeFactory.instance.objectNode());
    // A file that extends another one is another memory and may not pass under its name.
    for (String key : List.of("name", "description")) {
      if (!document.root().path(key).isString()) {
        throw new InputProblem(
            document.locate(JsonPointer.empty().appendProperty(key))
                + ": key '"
                + key
                + "' is missing or no text, every hardware file names itself");
      }
    }
    tree.add(file, document, new ArrayList<>(), bundled);
    tree.checkName();
    return tree;
  }

  ObjectNode root() {
    return root;
  }

  @Override
  public String locate(JsonPointer key) {
    for (JsonPointer at = key; at != null; at = at.head()) {
      YamlLocator origin = origins.get(at);
      if (origin != null) {
        return origin.locate(key);
      }
    }
    return file;
  }

  InputProblem problem(JsonPointer key, String complaint) {
    return StrictYaml.problem(root, key, complaint, this);
  }

  /** The node under a key; one that is missing is refused. */
  JsonNode required(HardwareKey key) {
    JsonNode node = root.at(key.pointer());
    if (node.isMissingNode()) {
      throw new InputProblem(locate(key.pointer()) + ": key '" + key.path() + "' is missing");
    }
    return node;
  }

  /** Replaces what stands at {@code at}; problems with it are reported under {@code origin}. */
  void replace(JsonPointer at, JsonNode value, String origin) {
    JsonNode parent = root.at(at.head());
    if (parent instanceof ArrayNode list) {
      list.set(at.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
    }
    origins.put(at, key -> origin);
  }

  /**
   * Checks that every key is known and present, and that every number has value, unit, source, node
   * and basis, in the unit its key names.
   */
  void checkShape() {
    List<String> top = new ArrayList<>(List.of("name", "description"));
    top.addAll(HardwareKey.sections());
    refuseUnknown(JsonPointer.empty(), top);
    for (String section : HardwareKey.sections()) {
      JsonPointer at = JsonPointer.empty().appendProperty(section);
      if (root.at(at).isMissingNode()) {
        throw new InputProblem(locate(at) + ": key '" + section + "' is missing");
      }
      if (!root.at(at).isObject()) {
        throw problem(at, "allowed: a mapping of keys to values");
      }
      refuseUnknown(
          at,
          HardwareKey.all().stream()
              .filter(key -> key.section().equals(section))
              .map(HardwareKey::name)
              .toList());
    }
    for (HardwareKey key : HardwareKey.all()) {
      JsonNode node = required(key);
      switch (key.kind()) {
        case QUANTITY -> checkQuantity(key.pointer(), key.path(), key.unit(), BESIDE);
        case QUANTITIES -> {
          if (!node.isArray() || node.isEmpty()) {
            throw problem(key.pointer(), "allowed: a list of numbers with their sources");
          }
          for (int i = 0; i < node.size(); i++) {
            checkQuantity(
                key.pointer().appendIndex(i), key.path() + "[" + i + "]", key.unit(), BESIDE);
          }
        }
        case CHOICE -> {
          // The binder knows what each of them allows.
        }
      }
    }
  }

  /** The tree in the order of the records. */
  ObjectNode ordered() {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    ordered.set("name", root.get("name"));
    ordered.set("description", root.get("description"));
    for (HardwareKey key : HardwareKey.all()) {
      ordered.withObjectProperty(key.section()).set(key.name(), required(key));
    }
    return ordered;
  }

  /** What the records hold: without what may stand beside a number. */
  ObjectNode bare() {
    ObjectNode bare = ordered();
    for (HardwareKey key : HardwareKey.all()) {
      ObjectNode section = (ObjectNode) bare.get(key.section());
      section.set(key.name(), bare(section.get(key.name())));
    }
    return bare;
  }

  private static JsonNode bare(JsonNode node) {
    if (node instanceof ArrayNode list) {
      ArrayNode bare = JsonNodeFactory.instance.arrayNode();
      list.forEach(element -> bare.add(bare(element)));
      return bare;
    }
    return node instanceof ObjectNode quantity ? bare(quantity) : node;
  }

  private static ObjectNode bare(ObjectNode quantity) {
    ObjectNode bare = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> part : quantity.properties()) {
      if (!BESIDE.contains(part.getKey())) {
        bare.set(part.getKey(), part.getValue());
      }
    }
    return bare;
  }

  private void add(
      Path file, YamlDocument document, List<Path> below, Function<String, Path> bundled) {
    List<Path> chain = new ArrayList<>(below);
    chain.add(file.toAbsolutePath().normalize());
    JsonNode extended = document.root().path(EXTENDS);
    JsonPointer at = JsonPointer.empty().appendProperty(EXTENDS);
    if (extended.isArray()) {
      for (int i = 0; i < extended.size(); i++) {
        extend(file, document, at.appendIndex(i), extended.get(i), chain, bundled);
      }
    } else if (!extended.isMissingNode()) {
      extend(file, document, at, extended, chain, bundled);
    }
    merge(root, document.root(), JsonPointer.empty(), document);
  }

  private void extend(
      Path file,
      YamlDocument document,
      JsonPointer at,
      JsonNode name,
      List<Path> chain,
      Function<String, Path> bundled) {
    if (!name.isString() || name.stringValue().isBlank()) {
      throw document.problem(at, "allowed: a YAML file, the name of a bundled one, or a list");
    }
    String text = name.stringValue();
    Path target;
    try {
      target = text.endsWith(".yaml") ? file.resolveSibling(text) : bundled.apply(text);
    } catch (InputProblem | java.nio.file.InvalidPathException e) {
      throw document.problem(at, "which cannot be extended: " + e.getMessage());
    }
    if (chain.contains(target.toAbsolutePath().normalize())) {
      throw document.problem(at, "which leads back to itself, allowed: a file outside this chain");
    }
    if (!java.nio.file.Files.isRegularFile(target)) {
      throw document.problem(at, "which does not exist, allowed: a file beside " + file);
    }
    add(target, StrictYaml.read(target), chain, bundled);
  }

  private void merge(ObjectNode target, ObjectNode source, JsonPointer at, YamlDocument document) {
    for (Map.Entry<String, JsonNode> entry : source.properties()) {
      JsonPointer key = at.appendProperty(entry.getKey());
      if (at.matches() && entry.getKey().equals(EXTENDS)) {
        continue;
      }
      if (target.get(entry.getKey()) instanceof ObjectNode below
          && entry.getValue() instanceof ObjectNode above
          && !below.has("value")
          && !above.has("value")) {
        merge(below, above, key, document);
      } else {
        if (target.has(entry.getKey())) {
          origins.keySet().removeIf(origin -> startsWith(origin, key));
        }
        target.set(entry.getKey(), ownSections(entry.getValue()));
        origins.put(key, document);
      }
    }
  }

  /**
   * Sections are copied, since others are merged into them; everything else is shared with the
   * document, since it is only ever replaced as a whole.
   */
  private static JsonNode ownSections(JsonNode node) {
    if (!(node instanceof ObjectNode) || node.has("value")) {
      return node;
    }
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      section.set(entry.getKey(), ownSections(entry.getValue()));
    }
    return section;
  }

  private static boolean startsWith(JsonPointer key, JsonPointer prefix) {
    return key.equals(prefix) || key.toString().startsWith(prefix + "/");
  }

  private void checkName() {
    JsonPointer name = JsonPointer.empty().appendProperty("name");
    if (!root.get("name").stringValue().matches(NAME)) {
      throw problem(name, "allowed: letters, digits, '.', '_' and '-'");
    }
    JsonPointer description = JsonPointer.empty().appendProperty("description");
    String text = root.get("description").stringValue();
    if (text.isBlank() || text.lines().count() > 1) {
      throw problem(description, "allowed: one line of text");
    }
  }

  private void refuseUnknown(JsonPointer at, List<String> allowed) {
    for (String name : root.at(at).propertyNames()) {
      if (!allowed.contains(name)) {
        String section = at.matches() ? "" : at.getMatchingProperty() + ".";
        throw new InputProblem(
            locate(at.appendProperty(name))
                + ": unknown key '"
                + section
                + name
                + "', nearest allowed: '"
                + section
                + NearestKey.of(name, allowed)
                + "'");
      }
    }
  }

  private void checkQuantity(JsonPointer at, String path, String unit, List<String> beside) {
    JsonNode node = root.at(at);
    if (!node.isObject()) {
      throw problem(at, "allowed: a number with its origin, {value, unit, source, node, basis}");
    }
    for (String part : QUANTITY) {
      if (!node.has(part)) {
        throw new InputProblem(
            locate(at)
                + ": key '"
                + path
                + "' has no "
                + part
                + ", a number needs value, unit, source, node and basis");
      }
    }
    for (String part : node.propertyNames()) {
      if (!QUANTITY.contains(part) && !beside.contains(part)) {
        throw new InputProblem(
            locate(at.appendProperty(part))
                + ": unknown key '"
                + path
                + "."
                + part
                + "', allowed here: "
                + String.join(", ", QUANTITY)
                + (beside.isEmpty() ? "" : ", " + String.join(", ", beside)));
      }
    }
    JsonPointer unitAt = at.appendProperty("unit");
    if (!node.get("unit").isString() || !node.get("unit").stringValue().equals(unit)) {
      throw problem(unitAt, "allowed: " + unit);
    }
    StrictYaml.convert(
        bare((ObjectNode) node), Quantity.class, key -> locate(at.append(key)) + " (" + path + ")");
    if (node.has("note") && !node.get("note").isString()) {
      throw problem(at.appendProperty("note"), "allowed: text");
    }
    JsonNode alternatives = node.path("alternatives");
    JsonPointer alternativesAt = at.appendProperty("alternatives");
    if (!alternatives.isMissingNode() && !alternatives.isArray()) {
      throw problem(alternativesAt, "allowed: a list of numbers with their sources");
    }
    for (int i = 0; i < alternatives.size(); i++) {
      checkQuantity(
          alternativesAt.appendIndex(i), path + ".alternatives[" + i + "]", unit, List.of());
    }
  }
}
