package io.github.primesim.config;

import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Makes records from trees with Jackson, as strictly as {@link StrictYaml} promises, and says what
 * is wrong with a tree that does not fit its record.
 */
final class RecordBinder {
  private static final JsonMapper MAPPER = mapper();

  private RecordBinder() {}

  /**
   * The record that {@code root} has at {@code at}.
   *
   * @param where tells where each key was written
   * @throws InputProblem as {@link StrictYaml#convert}
   */
  static <T> T bind(ObjectNode root, JsonPointer at, Class<T> type, YamlLocator where) {
    try {
      return MAPPER.treeToValue(root.at(at), type);
    } catch (JacksonException e) {
      throw problem(root, at, e, where);
    }
  }

  private static InputProblem problem(
      ObjectNode root, JsonPointer at, JacksonException e, YamlLocator where) {
    JsonPointer key = at;
    for (JacksonException.Reference step : e.getPath()) {
      key =
          step.getPropertyName() != null
              ? key.appendProperty(step.getPropertyName())
              : key.appendIndex(step.getIndex());
    }
    if (e instanceof PropertyBindingException unknown) {
      return new InputProblem(
          where.locate(key)
              + ": unknown key '"
              + StrictYaml.name(key).orElse("")
              + "', allowed here: "
              + sorted(unknown.getKnownPropertyIds()));
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return StrictYaml.problem(root, key, refused.getCause().getMessage(), where);
    }
    if (root.at(key).isMissingNode()) {
      return new InputProblem(
          where.locate(key) + ": key '" + StrictYaml.name(key).orElse("") + "' is missing");
    }
    if (e instanceof MismatchedInputException mistyped && mistyped.getTargetType() != null) {
      JsonNode node = root.at(key);
      String found = node.isContainer() ? "is a " + kind(node) + ", " : "";
      return StrictYaml.problem(root, key, found + expected(mistyped.getTargetType()), where);
    }
    return StrictYaml.problem(root, key, e.getOriginalMessage(), where);
  }

  private static String expected(Class<?> type) {
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(MAPPER.convertValue(constant, String.class));
      }
      return "allowed: " + String.join(", ", names);
    }
    if (type == int.class || type == Integer.class || type == OptionalInt.class) {
      return "allowed: an integer from -2147483648 to 2147483647";
    }
    if (type == long.class || type == Long.class || type == OptionalLong.class) {
      return "allowed: an integer of 64 bits";
    }
    if (type == double.class || type == Double.class || type == OptionalDouble.class) {
      return "allowed: a decimal number such as 1.5";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "allowed: true, false";
    }
    if (type == String.class) {
      return "allowed: text";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "allowed: a list";
    }
    return "allowed: a mapping of keys to values";
  }

  private static String sorted(Collection<Object> ids) {
    return String.join(
        ", ", (ids == null ? List.of() : ids).stream().map(String::valueOf).sorted().toList());
  }

  private static String kind(JsonNode node) {
    return node.isArray() ? "list" : "mapping";
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .annotationIntrospector(new RequiredUnlessOptional())
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfigDefaults(
            config -> {
              for (CoercionInputShape shape : CoercionInputShape.values()) {
                config.setCoercion(shape, CoercionAction.Fail);
              }
            })
        // 5 is a fine way to write 5.0.
        .withCoercionConfig(
            LogicalType.Float,
            config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert))
        .build();
  }

  /** Every component of a record must be given, except optional ones; enums in camel case. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      Class<?> type = member.getRawType();
      return !(type == Optional.class
          || type == OptionalInt.class
          || type == OptionalLong.class
          || type == OptionalDouble.class);
    }

    @Override
    public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
      return EnumNamingStrategies.LowerCamelCaseStrategy.class;
    }
  }
}
