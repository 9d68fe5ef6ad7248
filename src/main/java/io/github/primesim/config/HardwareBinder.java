package io.github.primesim.config;

import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the records of {@code hardware} from a tree whose shape was checked.
 *
 * <p>{@link StrictYaml#convert} could make all of them. But a memory has more than a hundred
 * numbers, each of which is checked and bound, and no command runs without a memory: done by the
 * general binder that is a tenth of a short run. So a well-formed number is put together here, and
 * everything else is left to the binder, refusals too.
 */
final class HardwareBinder {
  /** The way {@link StrictYaml} writes them. */
  private static final Map<String, Basis> BASES =
      Arrays.stream(Basis.values())
          .collect(Collectors.toMap(basis -> basis.name().toLowerCase(Locale.ROOT), b -> b));

  private HardwareBinder() {}

  /** The memory that {@code tree} describes. */
  static HardwareSpec bind(HardwareTree tree) {
    List<Object> parts = new ArrayList<>();
    for (RecordComponent part : HardwareSpec.class.getRecordComponents()) {
      JsonPointer at = JsonPointer.empty().appendProperty(part.getName());
      parts.add(
          part.getType().isRecord()
              ? section(tree, at, part.getType())
              : StrictYaml.convert(tree.root(), at, part.getType(), tree));
    }
    return (HardwareSpec) record(HardwareSpec.class, parts);
  }

  private static Object section(HardwareTree tree, JsonPointer at, Class<?> type) {
    List<Object> parts = new ArrayList<>();
    for (RecordComponent part : type.getRecordComponents()) {
      JsonPointer key = at.appendProperty(part.getName());
      JsonNode node = tree.root().at(key);
      if (part.getType() == Quantity.class) {
        parts.add(quantity(tree, key));
      } else if (part.getType() == List.class) {
        List<Quantity> list = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
          list.add(quantity(tree, key.appendIndex(i)));
        }
        parts.add(List.copyOf(list));
      } else {
        parts.add(
            node.isBoolean() && part.getType() == boolean.class
                ? (Object) node.booleanValue()
                : StrictYaml.convert(tree.root(), key, part.getType(), tree));
      }
    }
    return record(type, parts);
  }

  private static Quantity quantity(HardwareTree tree, JsonPointer at) {
    return quantity((ObjectNode) tree.root().at(at), key -> tree.locate(at.append(key)));
  }

  /**
   * One number with its origin; what may stand beside it is ignored.
   *
   * @param where tells where each of its keys was written
   * @throws io.github.primesim.units.InputProblem as {@link StrictYaml#convert}
   */
  static Quantity quantity(ObjectNode node, YamlLocator where) {
    JsonNode value = node.path("value");
    Basis basis = BASES.get(text(node, "basis"));
    if (value.isNumber() && basis != null) {
      try {
        return new Quantity(
            value.doubleValue(),
            text(node, "unit"),
            text(node, "source"),
            text(node, "node"),
            basis);
      } catch (IllegalArgumentException e) {
        // The binder below says which of them is refused, and where it stands.
      }
    }
    ObjectNode alone = node.deepCopy();
    alone.remove(HardwareTree.BESIDE);
    return StrictYaml.convert(alone, Quantity.class, where);
  }

  /** What is not text is empty, which no number may have. */
  private static String text(ObjectNode node, String key) {
    JsonNode text = node.path(key);
    return text.isString() ? text.stringValue() : "";
  }

  private static Object record(Class<?> type, List<Object> parts) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(parts.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is not made of checked parts", e);
    }
  }
}
