package io.github.primesim.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON whose bytes depend on nothing but its content: keys in the order written, two blanks of
 * indentation, line feeds, decimal numbers without exponent in the fewest digits that give the same
 * number back.
 */
final class JsonDocument {
  private final JsonGenerator json;

  private JsonDocument(JsonGenerator json) {
    this.json = json;
  }

  /** The text of one object, ended by a line feed. */
  static String object(Consumer<JsonDocument> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(new Layout(), text)) {
      json.writeStartObject();
      content.accept(new JsonDocument(json));
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  JsonDocument put(String key, String value) {
    json.writeStringProperty(key, value);
    return this;
  }

  JsonDocument put(String key, long value) {
    json.writeNumberProperty(key, value);
    return this;
  }

  JsonDocument put(String key, double value) {
    json.writeName(key);
    json.writeNumber(plain(value));
    return this;
  }

  JsonDocument put(String key, boolean value) {
    json.writeBooleanProperty(key, value);
    return this;
  }

  /** A count that is whole as a rule. */
  JsonDocument putAmount(String key, double value) {
    json.writeName(key);
    json.writeNumber(amount(value));
    return this;
  }

  /** A list of numbers that may be whole. */
  JsonDocument putAmounts(String key, List<Double> values) {
    json.writeName(key);
    json.writeStartArray();
    values.forEach(value -> json.writeNumber(amount(value)));
    json.writeEndArray();
    return this;
  }

  JsonDocument put(String key, Consumer<JsonDocument> object) {
    json.writeName(key);
    json.writeStartObject();
    object.accept(this);
    json.writeEndObject();
    return this;
  }

  JsonDocument putNumbers(String key, Map<String, ? extends Number> values) {
    return put(
        key,
        object ->
            values.forEach(
                (name, value) -> {
                  if (value instanceof Long || value instanceof Integer) {
                    object.put(name, value.longValue());
                  } else {
                    object.put(name, value.doubleValue());
                  }
                }));
  }

  JsonDocument put(String key, List<String> values) {
    json.writeName(key);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
    return this;
  }

  /** A list of objects, one for each item. */
  <T> JsonDocument put(String key, List<T> items, Consumer<T> object) {
    json.writeName(key);
    json.writeStartArray();
    for (T item : items) {
      json.writeStartObject();
      object.accept(item);
      json.writeEndObject();
    }
    json.writeEndArray();
    return this;
  }

  /**
   * The shortest decimal number that reads back as {@code value}, always with a point. {@link
   * Double#toString} is not the shortest before JDK 19, so the same result would have other bytes
   * there.
   */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    String text = new BigDecimal(NumberOutput.toString(value, true)).toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  /** As {@link #plain}, without a point where the number is whole. */
  static String amount(double value) {
    String text = plain(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Indentation that does not depend on the operating system. */
  private static final class Layout extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
