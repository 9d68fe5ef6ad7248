package io.github.primesim.validation;

import io.github.primesim.hardware.Quantity;
import io.github.primesim.units.InputProblem;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a record by the keys of its file, such as {@code timing.saBitNs}. */
final class HardwareNumbers {
  private HardwareNumbers() {}

  /** All of them, in the order of the record. */
  static Map<String, Quantity> of(Record record) {
    Map<String, Quantity> numbers = new LinkedHashMap<>();
    collect("", record, numbers);
    return Collections.unmodifiableMap(numbers);
  }

  /** The number under one key. */
  static double number(Record record, String key) {
    Quantity quantity = of(record).get(key);
    if (quantity == null) {
      throw new InputProblem("input 'key' is '" + key + "', which is no number of the file");
    }
    return quantity.value();
  }

  private static void collect(String path, Record record, Map<String, Quantity> numbers) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be read", e);
      }
      String key = path.isEmpty() ? component.getName() : path + "." + component.getName();
      if (value instanceof Quantity quantity) {
        numbers.put(key, quantity);
      } else if (value instanceof Record section) {
        collect(key, section, numbers);
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Quantity quantity) {
            numbers.put(key + "[" + i + "]", quantity);
          }
        }
      }
    }
  }
}
