package io.github.primesim.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The short way from a tree to a record, for trees that are in order.
 *
 * <p>What it returns equals what {@link RecordBinder} makes of the same tree; trees in it are those
 * of the document, not copies. Where it is not sure, and wherever something is wrong, it returns
 * nothing: the binder decides then, and words the refusal. It is there because a mapper of Jackson
 * takes a sixth of the processor time of a short run to set up and to look into a dozen records,
 * which hold nothing but the types below and no annotation.
 */
final class PlainRecord {
  /** The tree does not fit, or may not; without a message, since the binder words the refusal. */
  private static final class NotPlainException extends Exception {
    private static final long serialVersionUID = 1L;

    NotPlainException() {
      super(null, null, false, false);
    }
  }

  /** Components of a record in order, and what makes one of them. */
  private record Form(List<String> names, List<Type> types, Constructor<?> constructor) {}

  /** A memory is a hundred numbers of one form, and a sweep thousands of memories. */
  private static final Map<Class<?>, Form> FORMS = new ConcurrentHashMap<>();

  private PlainRecord() {}

  /** The record of {@code type} that {@code node} is, empty if that is for the binder to decide. */
  static <T> Optional<T> of(JsonNode node, Class<T> type) {
    try {
      require(type.isRecord());
      return Optional.of(type.cast(record(node, type)));
    } catch (NotPlainException | ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Object value(JsonNode node, Type type)
      throws NotPlainException, ReflectiveOperationException {
    if (type instanceof ParameterizedType of) {
      return container(node, (Class<?>) of.getRawType(), of.getActualTypeArguments());
    }
    require(type instanceof Class<?>);
    Class<?> plain = (Class<?>) type;
    if (plain == OptionalInt.class) {
      return node.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(integer(node));
    }
    if (plain == OptionalLong.class) {
      return node.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(longInteger(node));
    }
    if (plain == OptionalDouble.class) {
      return node.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(number(node));
    }
    require(!node.isMissingNode());
    if (plain == JsonNode.class) {
      return node;
    }
    if (plain.isRecord()) {
      return record(node, plain);
    }
    if (plain == int.class || plain == Integer.class) {
      return integer(node);
    }
    if (plain == long.class || plain == Long.class) {
      return longInteger(node);
    }
    if (plain == double.class || plain == Double.class) {
      return number(node);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      require(node.isBoolean());
      return node.booleanValue();
    }
    require(node.isString());
    if (plain == String.class) {
      return node.stringValue();
    }
    if (plain.isEnum()) {
      return constant(plain.getEnumConstants(), node.stringValue());
    }
    // The binder uses such a method too, but not those of Float, Short and the like.
    require(!plain.getName().startsWith("java."));
    Method factory = plain.getMethod("valueOf", String.class);
    require(Modifier.isStatic(factory.getModifiers()) && factory.getReturnType() == plain);
    return factory.invoke(null, node.stringValue());
  }

  private static Object container(JsonNode node, Class<?> type, Type[] of)
      throws NotPlainException, ReflectiveOperationException {
    if (type == Optional.class) {
      if (node.isMissingNode()) {
        // Jackson takes a node that is not there for one of null.
        return of[0] == JsonNode.class ? Optional.of(NullNode.getInstance()) : Optional.empty();
      }
      return Optional.of(value(node, of[0]));
    }
    if (type == List.class) {
      require(node.isArray());
      List<Object> list = new ArrayList<>();
      for (JsonNode element : node) {
        list.add(value(element, of[0]));
      }
      return list;
    }
    require(type == Map.class && of[0] == String.class && node.isObject());
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      map.put(entry.getKey(), value(entry.getValue(), of[1]));
    }
    return map;
  }

  private static Object record(JsonNode node, Class<?> type)
      throws NotPlainException, ReflectiveOperationException {
    require(node.isObject());
    Form form = form(type);
    Object[] values = new Object[form.names().size()];
    int known = 0;
    for (int i = 0; i < values.length; i++) {
      JsonNode part = node.path(form.names().get(i));
      known += part.isMissingNode() ? 0 : 1;
      values[i] = value(part, form.types().get(i));
    }
    require(known == node.size());
    return form.constructor().newInstance(values);
  }

  private static Form form(Class<?> type) throws ReflectiveOperationException {
    Form known = FORMS.get(type);
    if (known != null) {
      return known;
    }
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<Class<?>> parameters = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(component.getName());
      types.add(component.getGenericType());
      parameters.add(component.getType());
    }
    Constructor<?> constructor = type.getDeclaredConstructor(parameters.toArray(new Class<?>[0]));
    constructor.setAccessible(true);
    Form form = new Form(names, types, constructor);
    FORMS.put(type, form);
    return form;
  }

  private static int integer(JsonNode node) throws NotPlainException {
    require(node.isInt());
    return node.intValue();
  }

  private static long longInteger(JsonNode node) throws NotPlainException {
    require(node.isInt() || node.isLong());
    return node.longValue();
  }

  private static double number(JsonNode node) throws NotPlainException {
    require(node.isDouble() || node.isInt() || node.isLong());
    return node.doubleValue();
  }

  private static Object constant(Object[] constants, String name) throws NotPlainException {
    for (Object constant : constants) {
      if (lowerCamel(((Enum<?>) constant).name()).equals(name)) {
        return constant;
      }
    }
    throw new NotPlainException();
  }

  /** {@code MAX_POOL} as {@code maxPool}. */
  static String lowerCamel(String name) {
    StringBuilder camel = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '_') {
        boolean begins = i > 0 && name.charAt(i - 1) == '_';
        camel.append(begins ? name.charAt(i) : Character.toLowerCase(name.charAt(i)));
      }
    }
    return camel.toString();
  }

  private static void require(boolean plain) throws NotPlainException {
    if (!plain) {
      throw new NotPlainException();
    }
  }
}
