package io.github.primesim.config;

import io.github.primesim.config.HardwareRanges.Range;
import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.network.ScalarFunction;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schemas of hardware and network files, made of the records and ranges that read them, so
 * that {@code docs/*.schema.json} cannot drift from what is read.
 */
final class FileSchemas {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String ANY_TEXT = "\\S";

  /** From here on not every whole number is a {@code double}. */
  private static final double MOST_EXACT = 1L << 53;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Types of layers and the records of {@link NetworkYaml} that hold their keys. */
  private static final Map<String, String> LAYERS = layers();

  private FileSchemas() {}

  private static Map<String, String> layers() {
    Map<String, String> layers = new LinkedHashMap<>();
    layers.put("convolution", "ConvolutionKeys");
    layers.put("fullyConnected", "FullyConnectedKeys");
    layers.put("lstm", "RecurrentKeys");
    layers.put("gru", "RecurrentKeys");
    layers.put("rnn", "RecurrentKeys");
    layers.put("recurrence", "RecurrenceKeys");
    layers.put("maxPool", "PoolingKeys");
    layers.put("meanPool", "PoolingKeys");
    layers.put("add", "AdditionKeys");
    layers.put("multiply", "AdditionKeys");
    layers.put("affine", "AffineKeys");
    layers.put("lookup", "LookupKeys");
    layers.put("softmax", "SoftmaxKeys");
    layers.put("concatenate", "SoftmaxKeys");
    layers.put("view", "ViewKeys");
    layers.put("host", "HostKeys");
    return layers;
  }

  /** Types of layers in the order in which a refusal lists them. */
  static List<String> layerTypes() {
    return List.copyOf(LAYERS.keySet());
  }

  static String text(ObjectNode schema) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode head(String title, String description) {
    return object()
        .put("$schema", DIALECT)
        .put("title", title)
        .put("description", description)
        .put("type", "object");
  }

  /** Of a file that {@code --hardware} takes, and of the files it extends. */
  static ObjectNode hardware() {
    ObjectNode schema =
        head(
            "primesim hardware file",
            "A memory, or a part of one that others extend. What a file leaves out must stand in a"
                + " file that it extends; the file given to primesim needs name and description.");
    ObjectNode keys = schema.putObject("properties");
    keys.putObject("name").put("type", "string").put("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]*$");
    keys.putObject("description").put("type", "string").put("pattern", "^[^\\n]*\\S[^\\n]*$");
    ObjectNode extended = keys.putObject("extends");
    extended.put("description", "A bundled name, a YAML file beside this one, or a list of them.");
    ArrayNode one = extended.putArray("anyOf");
    one.addObject().put("type", "string").put("pattern", ANY_TEXT);
    ObjectNode several = one.addObject().put("type", "array");
    several.putObject("items").put("type", "string").put("pattern", ANY_TEXT);
    for (String section : HardwareKey.sections()) {
      ObjectNode of = keys.putObject(section).put("type", "object");
      ObjectNode inside = of.putObject("properties");
      for (HardwareKey key : HardwareKey.all()) {
        if (key.section().equals(section)) {
          inside.set(key.name(), value(key));
        }
      }
      of.put("additionalProperties", false);
    }
    schema.put("additionalProperties", false);
    ObjectNode quantities = schema.putObject("$defs");
    for (HardwareKey key : HardwareKey.all()) {
      if (key.kind() != HardwareKey.Kind.CHOICE && !quantities.has(name(key))) {
        quantities.set(name(key), quantity(key));
        quantities.set(alternative(key), alternatives(key));
      }
    }
    return schema;
  }

  /** Quantities of the same unit and range are described once. */
  private static String name(HardwareKey key) {
    boolean positive = key.unit().equals("ns") && Range.of(key).least() > 0;
    double most = Range.of(key).most();
    boolean few = key.unit().equals("count") && most < HardwareRanges.MOST_COUNT;
    return (positive ? "positive " : "")
        + (Range.of(key).even() ? "even " : "")
        + key.unit().replace("/", " per ")
        + (few ? " to " + (long) most : "");
  }

  private static String alternative(HardwareKey key) {
    return "alternative in " + key.unit().replace("/", " per ");
  }

  private static ObjectNode reference(String name) {
    return object().put("$ref", "#/$defs/" + name.replace(" ", "%20"));
  }

  private static ObjectNode value(HardwareKey key) {
    return switch (key.kind()) {
      case QUANTITY -> reference(name(key));
      case QUANTITIES -> {
        ObjectNode list = object().put("type", "array");
        list.put("minItems", 1).put("maxItems", HardwareRanges.LONGEST_LIST);
        list.set("items", reference(name(key)));
        yield list;
      }
      case CHOICE -> choice(key);
    };
  }

  private static ObjectNode quantity(HardwareKey key) {
    Range range = Range.of(key);
    ObjectNode value = object().put("type", range.whole() ? "integer" : "number");
    number(value, "minimum", range.least());
    number(value, "maximum", range.most());
    if (range.even()) {
      value.put("multipleOf", 2);
    }
    ObjectNode quantity = quantity(key, value);
    ObjectNode parts = (ObjectNode) quantity.get("properties");
    parts.putObject("note").put("type", "string");
    parts.putObject("alternatives").put("type", "array").set("items", reference(alternative(key)));
    return quantity;
  }

  /** What other sources give: ranges hold for what is used. */
  private static ObjectNode alternatives(HardwareKey key) {
    return quantity(key, object().put("type", "number").put("minimum", 0));
  }

  private static ObjectNode quantity(HardwareKey key, ObjectNode value) {
    ObjectNode quantity = object().put("type", "object");
    ObjectNode parts = quantity.putObject("properties");
    parts.set("value", value);
    parts.putObject("unit").put("const", key.unit());
    parts.putObject("source").put("type", "string").put("pattern", ANY_TEXT);
    parts.putObject("node").put("type", "string").put("pattern", ANY_TEXT);
    parts.set("basis", constants(Basis.class));
    strings(quantity.putArray("required"), List.of("value", "unit", "source", "node", "basis"));
    return quantity.put("additionalProperties", false);
  }

  private static void number(ObjectNode rule, String key, double bound) {
    if (bound == Math.rint(bound) && Math.abs(bound) < MOST_EXACT) {
      rule.put(key, (long) bound);
    } else {
      rule.put(key, bound);
    }
  }

  private static ObjectNode choice(HardwareKey key) {
    for (RecordComponent section : HardwareSpec.class.getRecordComponents()) {
      if (section.getName().equals(key.section())) {
        for (RecordComponent component : section.getType().getRecordComponents()) {
          if (component.getName().equals(key.name())) {
            return of(component.getGenericType());
          }
        }
      }
    }
    throw new IllegalStateException(key.path());
  }

  /** Of {@code network.yaml}. */
  static ObjectNode network() {
    ObjectNode schema = head("primesim network file", "The layers of a network, network.yaml.");
    ObjectNode keys = record(NetworkYaml.Document.class);
    ((ObjectNode) keys.at("/properties/schema")).removeAll().put("const", "primesim.network/1");
    ObjectNode layers = (ObjectNode) keys.at("/properties/layers");
    layers.put("minItems", 1);
    ArrayNode kinds = ((ObjectNode) layers.get("items")).putArray("anyOf");
    LAYERS.forEach(
        (type, record) -> {
          ObjectNode layer = record(keysOf(record));
          ((ObjectNode) layer.at("/properties/type")).removeAll().put("const", type);
          bound(layer, NetworkRanges.layer(type));
          kinds.add(layer);
        });
    ObjectNode synthetic = (ObjectNode) keys.at("/properties/synthetic");
    ((ObjectNode) synthetic.at("/properties/model")).removeAll().put("const", "log-normal");
    bound(synthetic, NetworkRanges.synthetic());
    bound((ObjectNode) keys.at("/properties/input"), NetworkRanges.input());
    bound(keys, NetworkRanges.document());
    schema.setAll(keys);
    // Random weights need a model, and nothing else may have one.
    ObjectNode random = object();
    random.putObject("properties").putObject("weights").put("const", "synthetic");
    schema.set("if", random);
    ObjectNode drawn = schema.putObject("then");
    drawn.putArray("required").add("synthetic");
    // Nor is there a normalisation to fold into them.
    drawn
        .putObject("properties")
        .putObject("layers")
        .putObject("items")
        .putObject("properties")
        .putObject("batchNorm")
        .put("const", false);
    schema.putObject("else").putObject("properties").put("synthetic", false);
    return schema;
  }

  /** Writes what the reader looks through into the schema of the keys it looks at. */
  private static void bound(ObjectNode record, Map<String, NetworkRanges.Range> ranges) {
    ObjectNode keys = (ObjectNode) record.get("properties");
    ranges.forEach(
        (key, range) -> {
          bound((ObjectNode) keys.get(key), range);
          if (range.fewest() > 1 && key.equals("inputs")) {
            // The layer before, which stands for none given, is one.
            ((ArrayNode) record.get("required")).add(key);
          }
        });
    if (keys.has("function")) {
      ((ObjectNode) keys.at("/function/items"))
          .put("pattern", "^" + ScalarFunction.expression() + "$");
    }
    if (keys.has("epsilon")) {
      ObjectNode with = record.putObject("dependentSchemas").putObject("epsilon");
      with.putArray("required").add("batchNorm");
      with.putObject("properties").putObject("batchNorm").putObject("not").put("const", false);
    }
  }

  private static void bound(ObjectNode value, NetworkRanges.Range range) {
    if (value.has("anyOf")) {
      value.get("anyOf").forEach(form -> bound((ObjectNode) form, range));
      return;
    }
    switch (value.get("type").stringValue()) {
      case "array" -> {
        if (range.fewest() > 0) {
          value.put("minItems", range.fewest());
        }
        if (range.longest() < Integer.MAX_VALUE) {
          value.put("maxItems", range.longest());
        }
        bound((ObjectNode) value.get("items"), range);
      }
      case "object" -> bound((ObjectNode) value.get("additionalProperties"), range);
      case "string" -> {
        if (!range.text().isEmpty()) {
          value.put("pattern", "^" + range.text() + "$");
        }
      }
      default -> {
        number(value, range.above() ? "exclusiveMinimum" : "minimum", range.least());
        if (range.most() < Double.MAX_VALUE) {
          number(value, "maximum", range.most());
        }
      }
    }
  }

  private static Class<?> keysOf(String record) {
    return Arrays.stream(NetworkYaml.class.getDeclaredClasses())
        .filter(each -> each.getSimpleName().equals(record))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode record(Class<?> type) {
    ObjectNode schema = object().put("type", "object");
    ObjectNode keys = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.set(
          component.getName(),
          component.getName().equals("batchNorm")
              ? normalisation()
              : of(component.getGenericType()));
      if (!component.getType().getName().startsWith("java.util.Optional")) {
        required.add(component.getName());
      }
    }
    schema.set("required", required);
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return of(arguments[0]);
      }
      if (generic.getRawType() == List.class && arguments[0] == JsonNode.class) {
        ObjectNode list = object().put("type", "array");
        list.putObject("items");
        return list;
      }
      ObjectNode container = object();
      if (generic.getRawType() == List.class) {
        container.put("type", "array").set("items", of(arguments[0]));
      } else {
        container.put("type", "object").set("additionalProperties", of(arguments[1]));
      }
      return container;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return constants(plain);
    }
    if (plain.isRecord()) {
      return record(plain);
    }
    if (plain == JsonNode.class) {
      return extent();
    }
    if (plain == int.class || plain == Integer.class || plain == OptionalInt.class) {
      return integer();
    }
    if (plain == long.class) {
      return object()
          .put("type", "integer")
          .put("minimum", Long.MIN_VALUE)
          .put("maximum", Long.MAX_VALUE);
    }
    if (plain == double.class || plain == Double.class || plain == OptionalDouble.class) {
      return object().put("type", "number");
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return object().put("type", "boolean");
    }
    if (plain == String.class) {
      return object().put("type", "string");
    }
    throw new IllegalStateException("no schema for " + type);
  }

  /** Whether there is a normalisation, or the module whose arrays it has. */
  private static ObjectNode normalisation() {
    ObjectNode either = object();
    ArrayNode forms = either.putArray("anyOf");
    forms.addObject().put("type", "boolean");
    forms.addObject().put("type", "string");
    return either;
  }

  /** Kernel, stride and padding. */
  private static ObjectNode extent() {
    ObjectNode extent = object();
    ArrayNode forms = extent.putArray("anyOf");
    forms.add(integer());
    ObjectNode both = forms.addObject().put("type", "array").put("minItems", 2).put("maxItems", 2);
    both.set("items", integer());
    return extent;
  }

  private static ObjectNode integer() {
    return object()
        .put("type", "integer")
        .put("minimum", Integer.MIN_VALUE)
        .put("maximum", Integer.MAX_VALUE);
  }

  private static ObjectNode constants(Class<?> type) {
    ObjectNode choice = object();
    ArrayNode names = choice.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      String[] words = constant.toString().toLowerCase(Locale.ROOT).split("_", -1);
      StringBuilder camel = new StringBuilder(words[0]);
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
      names.add(camel.toString());
    }
    return choice;
  }

  private static void strings(ArrayNode list, List<String> values) {
    values.forEach(list::add);
  }
}
