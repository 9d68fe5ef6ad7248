package io.github.primesim.config;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Action;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.units.InputProblem;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/** The values a hardware file may hold: each on its own, then all of them together. */
final class HardwareRanges {
  /** Far above any memory; keeps every product of counts exact. */
  private static final double MOST_CELLS = 1e15;

  /** Times that may not be zero, because something is divided by them or takes its energy from. */
  private static final Set<String> POSITIVE_TIMES =
      Set.of("timing.clockPeriodNs", "timing.saBitNs", "cell.readPulseNs", "cell.programPulseNs");

  /** Most of anything that no trace numbers. */
  static final int MOST_COUNT = 1_000_000;

  private static final String CROSSBAR_ROWS = "organization.crossbarRows";
  private static final String CROSSBAR_BITLINES = "organization.crossbarBitlines";
  private static final Set<String> CROSSBAR_SIZES = Set.of(CROSSBAR_ROWS, CROSSBAR_BITLINES);

  /** The one list there is has an entry for each number of bits. */
  static final int LONGEST_LIST = Action.MOST_CONVERSION_BITS;

  /** What a trace numbers. */
  private static final Set<String> NUMBERED =
      Set.of(
          "organization.banks",
          "organization.ffSubarraysPerBank",
          "organization.matsPerFfSubarray",
          CROSSBAR_ROWS,
          CROSSBAR_BITLINES);

  /** Crossbars may be twice as large each way, and a trace names their size. */
  private static final Set<String> ARRAY_SIZES =
      Set.of("organization.arrayRows", "organization.arrayBitlines");

  /** An array for each sign. */
  private static final Set<String> PAIRED = Set.of("organization.arraysPerMat");

  private final HardwareTree tree;

  HardwareRanges(HardwareTree tree) {
    this.tree = tree;
  }

  /** Range of every quantity by itself, but for sizes that follow from others. */
  void checkEach() {
    for (HardwareKey key : HardwareKey.all()) {
      if (CROSSBAR_SIZES.contains(key.path())) {
        continue;
      }
      switch (key.kind()) {
        case QUANTITY -> check(key, key.pointer());
        case QUANTITIES -> {
          int entries = tree.required(key).size();
          if (entries > LONGEST_LIST) {
            throw tree.problem(
                key.pointer(), "has " + entries + " entries, allowed: at most " + LONGEST_LIST);
          }
          for (int i = 0; i < entries; i++) {
            check(key, key.pointer().appendIndex(i));
          }
        }
        case CHOICE -> {
          // Enumerations and truth values have no range.
        }
      }
    }
  }

  /**
   * What a value may be, whatever the others are.
   *
   * @param whole whether it must be a whole number
   * @param even whether it must be an even one
   */
  record Range(double least, double most, boolean whole, boolean even) {
    private Range(double least, double most, boolean whole) {
      this(least, most, whole, false);
    }

    /** The range of the values under a key that holds quantities. */
    static Range of(HardwareKey key) {
      return switch (key.unit()) {
        case "count" ->
            PAIRED.contains(key.path())
                ? new Range(2, mostOf(key), true, true)
                : new Range(1, mostOf(key), true);
        case "bit" -> new Range(1, Action.MOST_CONVERSION_BITS, true);
        case "ns" -> new Range(POSITIVE_TIMES.contains(key.path()) ? 1e-6 : 0, 1e6, false);
        case "bit/ns" -> new Range(1e-3, 1e9, false);
        case "V" -> new Range(1e-3, 100, false);
        case "ohm" -> new Range(1, 1e12, false);
        case "MHz" -> new Range(1, 1e6, false);
        case "nm" -> new Range(1, 1000, false);
        default -> new Range(0, 1e9, false);
      };
    }
  }

  private static int mostOf(HardwareKey key) {
    if (ARRAY_SIZES.contains(key.path())) {
      return TraceHeader.MOST_UNITS / 2;
    }
    return NUMBERED.contains(key.path()) ? TraceHeader.MOST_UNITS : MOST_COUNT;
  }

  private void check(HardwareKey key, JsonPointer quantity) {
    check(quantity, Range.of(key));
  }

  private void check(JsonPointer quantity, Range range) {
    JsonPointer at = quantity.appendProperty("value");
    double value = tree.root().at(at).doubleValue();
    if (!(value >= range.least() && value <= range.most())
        || (range.whole() && value != Math.rint(value))
        || (range.even() && value % 2 != 0)) {
      throw tree.problem(
          at,
          "allowed: "
              + (range.even()
                  ? "an even number from "
                  : range.whole() ? "a whole number from " : "")
              + plain(range.least())
              + " to "
              + plain(range.most()));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && value < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  /** What the values must satisfy together. */
  void checkTogether(HardwareSpec spec) {
    Organization organization = spec.organization();
    checkSize(CROSSBAR_ROWS, 1, organization.arrayRows());
    checkSize(
        CROSSBAR_BITLINES, spec.quantization().bitlinesPerWeight(), organization.arrayBitlines());
    if (spec.cell().offResistanceOhm().value() <= spec.cell().onResistanceOhm().value()) {
      throw refusal(
          "cell.offResistanceOhm",
          "allowed: more than cell.onResistanceOhm, " + spec.cell().onResistanceOhm().value());
    }
    long special =
        (long) organization.ffSubarraysPerBank().count()
            + organization.bufferSubarraysPerBank().count();
    if (special > organization.subarraysPerBank().count()) {
      throw refusal(
          "organization.subarraysPerBank",
          "allowed: at least the " + special + " FF and Buffer subarrays of a bank");
    }
    long mats =
        (long) organization.ffSubarraysPerBank().count() * organization.matsPerFfSubarray().count();
    if (mats > TraceHeader.MOST_UNITS) {
      throw refusal(
          "organization.matsPerFfSubarray",
          "allowed: at most "
              + TraceHeader.MOST_UNITS
              + " mats in the FF subarrays of a bank, which are "
              + organization.ffSubarraysPerBank().count());
    }
    double cells =
        organization.banks().value()
            * organization.ffSubarraysPerBank().value()
            * organization.matsPerFfSubarray().value()
            * organization.arraysPerMat().value()
            * organization.arrayRows().value()
            * organization.arrayBitlines().value();
    if (cells > MOST_CELLS) {
      throw refusal("organization.banks", "allowed: at most 1e15 cells in all FF subarrays");
    }
    int table = spec.energy().conversionPj().size();
    if (spec.quantization().senseAmplifierBits().count() > table) {
      throw refusal(
          "quantization.senseAmplifierBits",
          "allowed: at most " + table + ", the length of energy.conversionPj");
    }
    try {
      for (SignScheme signs : SignScheme.values()) {
        CrossbarGeometry.of(spec, signs);
      }
    } catch (InputProblem e) {
      String key = e.getMessage().startsWith("organization.crossbarBitlines") ? "Bitlines" : "Rows";
      throw located("organization.crossbar" + key, e);
    }
    try {
      ConversionBits.of(spec, organization.crossbarRows().count());
    } catch (InputProblem e) {
      throw located("quantization.senseAmplifierPolicy", e);
    }
  }

  /** A crossbar is at most twice as large as an array, each way. */
  private void checkSize(String path, int least, Quantity array) {
    check(key(path).pointer(), new Range(least, 2 * array.value(), true));
  }

  private InputProblem refusal(String path, String complaint) {
    return tree.problem(key(path).pointer().appendProperty("value"), complaint);
  }

  private InputProblem located(String path, InputProblem problem) {
    return new InputProblem(
        tree.locate(key(path).pointer()) + ": " + problem.getMessage(), problem);
  }

  private static HardwareKey key(String path) {
    return HardwareKey.all().stream()
        .filter(key -> key.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no key " + path));
  }
}
