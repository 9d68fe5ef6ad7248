package io.github.primesim.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The part of JSON Schema that {@code docs/result.schema.json} uses. */
final class JsonSchema {
  private final JsonNode root;

  JsonSchema(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with {@code document}, by place; empty if nothing is. */
  List<String> problems(JsonNode document) {
    return problems(root, document, "$");
  }

  private List<String> problems(JsonNode schema, JsonNode value, String at) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> rule : schema.properties()) {
      JsonNode operand = rule.getValue();
      switch (rule.getKey()) {
        case "$ref" ->
            problems.addAll(problems(root.at(operand.stringValue().substring(1)), value, at));
        case "anyOf" -> {
          List<List<String>> all = new ArrayList<>();
          operand.forEach(each -> all.add(problems(each, value, at)));
          if (all.stream().noneMatch(List::isEmpty)) {
            all.forEach(problems::addAll);
          }
        }
        case "type" -> check(isA(operand.stringValue(), value), at, "is no " + operand, problems);
        case "const" -> check(operand.equals(value), at, "is not " + operand, problems);
        case "enum" -> {
          boolean found = false;
          for (JsonNode allowed : operand) {
            found |= allowed.equals(value);
          }
          check(found, at, value + " is not in " + operand, problems);
        }
        case "minimum" ->
            check(value.doubleValue() >= operand.doubleValue(), at, "is too small", problems);
        case "pattern" ->
            check(value.stringValue().matches(operand.stringValue()), at, "is " + value, problems);
        case "required" ->
            operand.forEach(
                key -> check(value.has(key.stringValue()), at, "lacks " + key, problems));
        case "dependentRequired" ->
            operand
                .properties()
                .forEach(
                    entry -> {
                      if (value.has(entry.getKey())) {
                        entry
                            .getValue()
                            .forEach(
                                key ->
                                    check(
                                        value.has(key.stringValue()),
                                        at,
                                        "lacks " + key,
                                        problems));
                      }
                    });
        case "properties" ->
            operand
                .properties()
                .forEach(
                    entry -> {
                      if (value.has(entry.getKey())) {
                        problems.addAll(
                            problems(
                                entry.getValue(),
                                value.get(entry.getKey()),
                                at + "." + entry.getKey()));
                      }
                    });
        case "additionalProperties" -> {
          TreeSet<String> others = new TreeSet<>(value.propertyNames());
          if (schema.has("properties")) {
            others.removeAll(schema.get("properties").propertyNames());
          }
          for (String other : others) {
            if (operand.isBoolean()) {
              problems.add(at + " has the unknown key " + other);
            } else {
              problems.addAll(problems(operand, value.get(other), at + "." + other));
            }
          }
        }
        case "maximum" -> {
          if (value.isNumber() && value.asDouble() > operand.asDouble()) {
            problems.add(at + " is more than " + operand);
          }
        }
        case "items" -> {
          Iterator<JsonNode> items = value.iterator();
          for (int i = 0; items.hasNext(); i++) {
            problems.addAll(problems(operand, items.next(), at + "[" + i + "]"));
          }
        }
        case "$schema", "$id", "$defs", "title", "description" -> {}
        default -> throw new IllegalArgumentException("rule " + rule.getKey() + " is not known");
      }
    }
    return problems;
  }

  private static boolean isA(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> throw new IllegalArgumentException("type " + type + " is not known");
    };
  }

  private static void check(boolean holds, String at, String what, List<String> problems) {
    if (!holds) {
      problems.add(at + " " + what);
    }
  }
}
