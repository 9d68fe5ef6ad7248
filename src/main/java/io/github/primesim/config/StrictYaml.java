package io.github.primesim.config;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * YAML as configuration wants it: a file says exactly what the record holds, or it is refused.
 *
 * <p>Jackson alone is lenient. Here a key must be known, unique and present (only components of
 * type {@link Optional}, {@link OptionalInt}, {@link OptionalLong} or {@link OptionalDouble} may be
 * left out), a number must be a plain decimal number in range ({@code "1.5"}, {@code 010}, {@code
 * 0x1F}, {@code 1_000}, {@code .nan} and {@code 1e999} are not), an integer has no fraction, text
 * is not a number or a truth value, nothing is null, and a file is one document without aliases or
 * tags. Enum constants are written in lower camel case ({@code MAX_POOL} as {@code maxPool}).
 *
 * <p>Each refusal is an {@link InputProblem} of the form {@code file:line: key 'a.b[2]': ...}.
 */
public final class StrictYaml {
  /** No file written by hand comes near this; a weight file given by mistake exceeds it. */
  private static final long LONGEST_FILE_BYTES = 2_000_000;

  private static final int LONGEST_QUOTE = 60;

  /** Without a mapper, which would take longer to prepare than most files to read. */
  private static final YAMLFactory READER = new YAMLFactory();

  private StrictYaml() {}

  /**
   * Reads one file.
   *
   * @throws InputProblem if it cannot be read, is not UTF-8, or is not one strict YAML mapping
   */
  public static YamlDocument read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new InputProblem(file + ": is a directory, a YAML file is expected");
      }
      if (!Files.isRegularFile(file)) {
        throw new InputProblem(file + ": no such file");
      }
      long size = Files.size(file);
      if (size > LONGEST_FILE_BYTES) {
        throw new InputProblem(
            file + ": is " + size + " bytes long, at most " + LONGEST_FILE_BYTES + " are allowed");
      }
      byte[] bytes = Files.readAllBytes(file);
      return parse(
          file.toString(),
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new InputProblem(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Parses YAML text.
   *
   * @param file the name problems are reported under
   * @throws InputProblem if it is not one strict YAML mapping
   */
  public static YamlDocument parse(String file, String text) {
    try (YAMLParser parser = (YAMLParser) READER.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InputProblem(
            file + ":1: a mapping of keys to values is expected, found " + found(parser));
      }
      YamlDocument document = new TreeReader(file, parser).document();
      if (parser.nextToken() != null) {
        throw new InputProblem(
            file + ":" + line(parser) + ": a second document begins, one is allowed");
      }
      return document;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new InputProblem(file + ":" + line + ": is not YAML: " + firstLine(e), e);
    }
  }

  /**
   * Converts a tree to the record {@code type}.
   *
   * @param where tells where each key was written
   * @throws InputProblem if a key is unknown, missing or mistyped, or a record constructor refuses
   *     its values with an {@link IllegalArgumentException}
   */
  public static <T> T convert(ObjectNode root, Class<T> type, YamlLocator where) {
    return convert(root, JsonPointer.empty(), type, where);
  }

  static <T> T convert(ObjectNode root, JsonPointer at, Class<T> type, YamlLocator where) {
    return PlainRecord.of(root.at(at), type)
        .orElseGet(() -> RecordBinder.bind(root, at, type, where));
  }

  /** The refusal of the value that {@code root} has at {@code key}, for the caller to throw. */
  public static InputProblem problem(
      ObjectNode root, JsonPointer key, String complaint, YamlLocator where) {
    JsonNode node = root.at(key);
    String value = node.isMissingNode() || node.isContainer() ? "" : " is " + quote(node) + ",";
    return new InputProblem(
        where.locate(key)
            + ": "
            + name(key).map(k -> "key '" + k + "'").orElse("the document")
            + value
            + " "
            + complaint);
  }

  /** A key as a user writes it, {@code a.b[2]}; empty for the document. */
  static Optional<String> name(JsonPointer key) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer at = key; !at.matches(); at = at.tail()) {
      if (at.getMatchingIndex() >= 0) {
        name.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
  }

  private static String quote(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }

  private static String firstLine(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return message.lines().findFirst().orElse("");
  }

  private static String found(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "nothing";
    }
    return token == JsonToken.START_ARRAY ? "a list" : "'" + parser.getString() + "'";
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Builds the tree from tokens, so that what Jackson would let pass can be refused by line. */
  private static final class TreeReader {
    private final String file;
    private final YAMLParser parser;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final KeyLines lines = new KeyLines();

    /** The containers that are being read, innermost first; each is the last child of the next. */
    private final Deque<JsonNode> open = new ArrayDeque<>();

    TreeReader(String file, YAMLParser parser) {
      this.file = file;
      this.parser = parser;
    }

    YamlDocument document() {
      lines.add(line(parser));
      refuseTag("");
      open.push(root);
      while (!open.isEmpty()) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
          open.pop();
          continue;
        }
        lines.add(line(parser));
        JsonNode value;
        if (open.element() instanceof ObjectNode parent) {
          String name = parser.currentName();
          if (parent.has(name)) {
            int first = lines.of(root, key(name));
            throw refusal(name, "is given twice (first on line " + first + "), once is allowed");
          }
          value = value(parser.nextToken(), name);
          parent.set(name, value);
        } else {
          value = value(token, "");
          ((ArrayNode) open.element()).add(value);
        }
        if (value.isContainer()) {
          open.push(value);
        }
      }
      return new YamlDocument(file, root, lines);
    }

    private JsonNode value(JsonToken token, String name) {
      refuseTag(name);
      if (parser.isCurrentAlias()) {
        throw refusal(
            name, "is the alias '*" + parser.getString() + "', allowed: the value itself");
      }
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (token) {
        case START_OBJECT -> nodes.objectNode();
        case START_ARRAY -> nodes.arrayNode();
        case VALUE_TRUE -> nodes.booleanNode(true);
        case VALUE_FALSE -> nodes.booleanNode(false);
        case VALUE_NUMBER_INT -> integer();
        case VALUE_NUMBER_FLOAT -> decimal(name);
        case VALUE_STRING -> text(name);
        default -> throw refusal(name, "is empty, allowed: a value");
      };
    }

    private JsonNode decimal(String name) {
      double number = parser.getDoubleValue();
      if (!Double.isFinite(number)) {
        throw refusal(name, "is " + parser.getString() + ", allowed: a finite number");
      }
      return JsonNodeFactory.instance.numberNode(number);
    }

    private JsonNode text(String name) {
      String text = parser.getString();
      if (text.equals("~") || text.toLowerCase(Locale.ROOT).equals("null")) {
        throw refusal(name, "is null, allowed: a value");
      }
      return JsonNodeFactory.instance.stringNode(text);
    }

    private JsonNode integer() {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (parser.getNumberType()) {
        case INT -> nodes.numberNode(parser.getIntValue());
        case LONG -> nodes.numberNode(parser.getLongValue());
        default -> nodes.numberNode(parser.getBigIntegerValue());
      };
    }

    private void refuseTag(String name) {
      Object tag = parser.getTypeId();
      if (tag != null) {
        throw refusal(name, "has the tag '" + tag + "', allowed: a value without a tag");
      }
    }

    /**
     * The refusal of what is being read.
     *
     * @param name its name; means nothing for an element of a list
     */
    private InputProblem refusal(String name, String complaint) {
      return new InputProblem(
          file
              + ":"
              + line(parser)
              + ": "
              + name(key(name)).map(k -> "key '" + k + "' ").orElse("the document ")
              + complaint);
    }

    /** The key that is being read; the document itself before anything is open. */
    private JsonPointer key(String name) {
      JsonPointer key = JsonPointer.empty();
      Iterator<JsonNode> containers = open.descendingIterator();
      while (containers.hasNext()) {
        JsonNode container = containers.next();
        boolean innermost = !containers.hasNext();
        if (container.isArray()) {
          key = key.appendIndex(innermost ? container.size() : container.size() - 1);
        } else {
          List<String> names = List.copyOf(container.propertyNames());
          key = key.appendProperty(innermost ? name : names.get(names.size() - 1));
        }
      }
      return key;
    }
  }
}
