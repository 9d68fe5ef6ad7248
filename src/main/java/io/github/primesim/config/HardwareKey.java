package io.github.primesim.config;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;

/**
 * A key of a hardware file, as the records of {@code hardware} define it.
 *
 * @param section name of the section, such as {@code timing}
 * @param name name within the section, which ends in its unit: {@code saBitNs}
 * @param kind what stands under it
 */
record HardwareKey(String section, String name, Kind kind) {
  /** What stands under a key. */
  enum Kind {
    QUANTITY,
    QUANTITIES,
    CHOICE
  }

  /** Endings of keys and the units they stand for; the first that fits counts. */
  private static final List<Map.Entry<String, String>> UNITS =
      List.of(
          Map.entry("PjPerBit", "pJ/bit"),
          Map.entry("PjPerByte", "pJ/byte"),
          Map.entry("PjPerCell", "pJ/cell"),
          Map.entry("Pj", "pJ"),
          Map.entry("MwPerBit", "mW/bit"),
          Map.entry("Mw", "mW"),
          Map.entry("Um2PerBit", "um2/bit"),
          Map.entry("Um2", "um2"),
          Map.entry("BitsPerNs", "bit/ns"),
          Map.entry("Ns", "ns"),
          Map.entry("Mhz", "MHz"),
          Map.entry("Ohm", "ohm"),
          Map.entry("Nm", "nm"),
          Map.entry("F2", "F2"),
          Map.entry("VoltageV", "V"),
          Map.entry("Bits", "bit"),
          Map.entry("GbPerS", "GB/s"),
          Map.entry("Ghz", "GHz"),
          Map.entry("Kb", "KB"),
          Map.entry("Bytes", "byte"));

  private static final List<HardwareKey> ALL = collect();

  /** Every key, sections and keys in the order of the records. */
  static List<HardwareKey> all() {
    return ALL;
  }

  /** Names of the sections, in order. */
  static List<String> sections() {
    return ALL.stream().map(HardwareKey::section).distinct().toList();
  }

  /** The key as a user writes it: {@code timing.saBitNs}. */
  String path() {
    return section + "." + name;
  }

  JsonPointer pointer() {
    return JsonPointer.empty().appendProperty(section).appendProperty(name);
  }

  /**
   * The unit in which a quantity under this key is given; {@code count} where the name says none.
   */
  String unit() {
    return unit(name);
  }

  /** The unit that a name ends in, {@code count} where it names none. */
  static String unit(String name) {
    for (Map.Entry<String, String> unit : UNITS) {
      if (name.endsWith(unit.getKey())) {
        return unit.getValue();
      }
    }
    return "count";
  }

  /** The numbers of {@code spec} by path; those of a list as {@code path[0]} and so on. */
  static Map<String, Quantity> quantities(HardwareSpec spec) {
    Map<String, Quantity> quantities = new LinkedHashMap<>();
    for (RecordComponent section : HardwareSpec.class.getRecordComponents()) {
      if (section.getType().isRecord()) {
        Object values = value(section, spec);
        for (RecordComponent key : section.getType().getRecordComponents()) {
          String path = section.getName() + "." + key.getName();
          Object found = value(key, values);
          if (found instanceof Quantity quantity) {
            quantities.put(path, quantity);
          } else if (found instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
              quantities.put(path + "[" + i + "]", (Quantity) list.get(i));
            }
          }
        }
      }
    }
    return quantities;
  }

  private static Object value(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("components of records can be read", e);
    }
  }

  private static List<HardwareKey> collect() {
    List<HardwareKey> keys = new ArrayList<>();
    for (RecordComponent section : HardwareSpec.class.getRecordComponents()) {
      if (section.getType().isRecord()) {
        for (RecordComponent key : section.getType().getRecordComponents()) {
          Kind kind =
              key.getType() == Quantity.class
                  ? Kind.QUANTITY
                  : key.getType() == List.class ? Kind.QUANTITIES : Kind.CHOICE;
          keys.add(new HardwareKey(section.getName(), key.getName(), kind));
        }
      }
    }
    return List.copyOf(keys);
  }
}
