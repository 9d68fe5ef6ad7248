package io.github.primesim.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a value of a document that is read has to be. */
@FunctionalInterface
interface Shape {
  /** What something is called. */
  Shape TEXT =
      value("a text that is not empty", each -> each.isString() && !each.stringValue().isEmpty());

  /** What somebody says. */
  Shape REMARK = value("a text", JsonNode::isString);

  /** Yes or no. */
  Shape TRUTH = value("true or false", JsonNode::isBoolean);

  /** Any whole number, such as a seed. */
  Shape INTEGER = value("a whole number", Shape::isWhole);

  /** A count. */
  Shape COUNT = value("a whole number from 0", each -> isWhole(each) && each.asLong() >= 0);

  /** A count of what there is at least one of. */
  Shape SOME = value("a whole number from 1", each -> isWhole(each) && each.asLong() >= 1);

  /** A quantity, or a share. */
  Shape NUMBER =
      value(
          Quantity.ALLOWED,
          each -> each.isNumber() && Quantity.isOne(each.numberValue().doubleValue()));

  /**
   * Looks at a value and at all below it.
   *
   * @param value may be missing
   * @throws io.github.primesim.units.InputProblem naming the first one that is not as it has to be
   */
  void check(JsonPlace at, JsonNode value);

  /** A value that is looked at as it is. */
  static Shape value(String allowed, Predicate<JsonNode> fits) {
    return (at, value) -> {
      if (!fits.test(value)) {
        throw at.problem(value, allowed);
      }
    };
  }

  /** A text that looks as a pattern says. */
  static Shape text(String pattern, String allowed) {
    Pattern compiled = Pattern.compile(pattern);
    return value(
        allowed, each -> each.isString() && compiled.matcher(each.stringValue()).matches());
  }

  /** A list of what is alike. */
  static Shape list(Shape item) {
    return (at, value) -> {
      if (!value.isArray()) {
        throw at.problem(value, "a list");
      }
      for (int index = 0; index < value.size(); index++) {
        item.check(at.item(index), value.get(index));
      }
    };
  }

  /** The same where there is at least one. */
  static Shape some(Shape item) {
    return (at, value) -> {
      list(item).check(at, value);
      if (value.isEmpty()) {
        throw at.problem(value, "a list that is not empty");
      }
    };
  }

  /** Values that are alike by any name. */
  static Shape map(Shape each) {
    return (at, value) -> {
      requireObject(at, value);
      if (value.has("")) {
        throw at.problem(value, "keys that are not empty");
      }
      value.properties().forEach(entry -> each.check(at.key(entry.getKey()), entry.getValue()));
    };
  }

  /** Values that are alike by exactly these names. */
  static Shape map(Collection<String> names, Shape each) {
    Set<String> known = new LinkedHashSet<>(names);
    return (at, value) -> {
      requireObject(at, value);
      known.forEach(name -> each.check(at.key(name), value.path(name)));
      value
          .properties()
          .forEach(
              entry -> {
                if (!known.contains(entry.getKey())) {
                  throw at.key(entry.getKey())
                      .problem(entry.getValue(), "the keys " + String.join(", ", known));
                }
              });
    };
  }

  /** An object without any key that is known; later versions may add keys to each. */
  static Keys keys() {
    return new Keys(Map.of(), Map.of());
  }

  private static void requireObject(JsonPlace at, JsonNode value) {
    if (!value.isObject()) {
      throw at.problem(value, "an object");
    }
  }

  private static boolean isWhole(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  /**
   * An object by its keys.
   *
   * @param needed what has to be there
   * @param known what may be there
   */
  record Keys(Map<String, Shape> needed, Map<String, Shape> known) implements Shape {
    /** With keys that have to be there. */
    Keys with(Shape shape, String... keys) {
      return new Keys(joined(needed, shape, keys), known);
    }

    /** With keys that may be there. */
    Keys perhaps(Shape shape, String... keys) {
      return new Keys(needed, joined(known, shape, keys));
    }

    private static Map<String, Shape> joined(Map<String, Shape> to, Shape shape, String... keys) {
      Map<String, Shape> all = new LinkedHashMap<>(to);
      for (String key : keys) {
        all.put(key, shape);
      }
      return all;
    }

    @Override
    public void check(JsonPlace at, JsonNode value) {
      requireObject(at, value);
      needed.forEach((key, shape) -> shape.check(at.key(key), value.path(key)));
      known.forEach(
          (key, shape) -> {
            if (value.has(key)) {
              shape.check(at.key(key), value.get(key));
            }
          });
    }
  }
}
