package io.github.primesim.report;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What {@code run --out} or {@code sweep --out} left in a folder: the documents of one run or of
 * two that are compared, the numbers of the hardware with their sources, the points of a sweep.
 *
 * @param runs result documents, the baseline first
 * @param mappings what {@code compile} says of each run; empty objects where a folder does not tell
 * @param crossbars maps of the crossbars of each run, likewise
 * @param gain {@code speedup} and {@code energyRatio} of a comparison
 * @param parameters rows of key, value, unit, node, basis and source
 * @param sweep the points of a sweep
 */
record ResultFolder(
    List<JsonNode> runs,
    List<JsonNode> mappings,
    List<JsonNode> crossbars,
    Optional<JsonNode> gain,
    List<JsonNode> parameters,
    Optional<SweepFolder> sweep) {
  private static final String COMPARISON = "comparison.json";
  private static final String RESULT = "result.json";
  private static final String MAPPING = "mapping.json";
  private static final String CROSSBARS = "crossbars.json";
  private static final String HARDWARE = "hardware.yaml";
  private static final String SCHEMA = "primesim.result/1";
  private static final List<String> NOTES = List.of("unit", "node", "basis", "source");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper YAML = YAMLMapper.builder().build();

  ResultFolder {
    runs = List.copyOf(runs);
    mappings = List.copyOf(mappings);
    crossbars = List.copyOf(crossbars);
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a folder.
   *
   * @throws InputProblem if it is none, holds no result, or a file in it is damaged
   */
  static ResultFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputProblem(folder + ": is no folder, allowed: what 'primesim run --out' wrote");
    }
    if (SweepFolder.isOne(folder)) {
      return new ResultFolder(
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          Optional.of(SweepFolder.read(folder)));
    }
    List<JsonNode> runs = new ArrayList<>();
    List<JsonNode> mappings = new ArrayList<>();
    List<JsonNode> crossbars = new ArrayList<>();
    Optional<JsonNode> gain = Optional.empty();
    Path comparison = folder.resolve(COMPARISON);
    if (Files.exists(comparison)) {
      JsonNode both = tree(JSON, comparison);
      JsonPlace place = new JsonPlace(comparison, "");
      for (String run : List.of("baseline", "result")) {
        runs.add(result(place.key(run), both.path(run)));
      }
      ResultShapes.GAIN.check(place, both);
      for (String prefix : List.of("baseline-", "")) {
        mappings.add(optional(folder.resolve(prefix + MAPPING), ResultShapes.MAPPING));
        crossbars.add(optional(folder.resolve(prefix + CROSSBARS), ResultShapes.MAPS));
      }
      gain = Optional.of(both);
    } else if (Files.exists(folder.resolve(RESULT))) {
      Path file = folder.resolve(RESULT);
      runs.add(result(new JsonPlace(file, ""), tree(JSON, file)));
      mappings.add(optional(folder.resolve(MAPPING), ResultShapes.MAPPING));
      crossbars.add(optional(folder.resolve(CROSSBARS), ResultShapes.MAPS));
    } else {
      throw new InputProblem(
          folder
              + ": holds neither "
              + COMPARISON
              + " nor "
              + RESULT
              + " nor points.csv, allowed: what 'primesim run --out' or a sweep wrote");
    }
    List<JsonNode> parameters = new ArrayList<>();
    Path hardware = folder.resolve(HARDWARE);
    if (Files.exists(hardware)) {
      collect("", tree(YAML, hardware), parameters);
    }
    return new ResultFolder(runs, mappings, crossbars, gain, parameters, Optional.empty());
  }

  private static JsonNode result(JsonPlace place, JsonNode document) {
    Shape.keys().with(Shape.text(Pattern.quote(SCHEMA), SCHEMA), "schema").check(place, document);
    if (!document.has("cycles") && !document.has("energyPj")) {
      throw new InputProblem(
          place.file() + ": tells no time and energy, allowed: a result that was simulated");
    }
    ResultShapes.RESULT.check(place, document);
    return document;
  }

  /** Folders of replays and of earlier versions do not have them. */
  private static JsonNode optional(Path file, Shape shape) {
    if (!Files.exists(file)) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode document = tree(JSON, file);
    shape.check(new JsonPlace(file, ""), document);
    return document;
  }

  /** A JSON file that holds an object. */
  static JsonNode json(Path file) {
    return tree(JSON, file);
  }

  /** What primesim itself has just written. */
  static JsonNode parse(String text) {
    return JSON.readTree(text);
  }

  /** Rows of the numbers of a resolved hardware file. */
  static List<JsonNode> parameters(String yaml) {
    List<JsonNode> rows = new ArrayList<>();
    collect("", YAML.readTree(yaml), rows);
    return rows;
  }

  private static JsonNode tree(ObjectMapper mapper, Path file) {
    try {
      JsonNode root = mapper.readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw new InputProblem(file + ": holds no object, allowed: as primesim wrote it");
      }
      return root;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new InputProblem(
          file + ":" + line + ": " + e.getOriginalMessage() + ", allowed: as primesim wrote it", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Every number below {@code node}, which is an object that has a value and says where from. */
  private static void collect(String key, JsonNode node, List<JsonNode> rows) {
    if (node.isObject() && node.has("value")) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      JsonNode value = node.get("value");
      row.put("key", key).put("value", value.isValueNode() ? value.asString() : value.toString());
      NOTES.forEach(note -> row.put(note, node.path(note).asString("")));
      rows.add(row);
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> child : node.properties()) {
        collect(
            key.isEmpty() ? child.getKey() : key + "." + child.getKey(), child.getValue(), rows);
      }
    } else if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        collect(key + "[" + index + "]", node.get(index), rows);
      }
    }
  }

  /** All of it as one object, for a page. */
  ObjectNode document() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    ArrayNode documents = all.putArray("runs");
    runs.forEach(documents::add);
    ArrayNode maps = all.putArray("mappings");
    mappings.forEach(maps::add);
    ArrayNode places = all.putArray("crossbars");
    crossbars.forEach(places::add);
    gain.ifPresent(
        both ->
            all.putObject("gain")
                .put("latency", both.path("speedup").path("latency").asDouble())
                .put("throughput", both.path("speedup").path("throughput").asDouble())
                .put("energy", both.path("energyRatio").asDouble()));
    ArrayNode rows = all.putArray("parameters");
    parameters.forEach(rows::add);
    sweep.ifPresent(points -> all.set("sweep", points.document()));
    return all;
  }
}
