package io.github.primesim.validation;

import io.github.primesim.experiment.HardwareFacts;
import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.trace.Verb;
import io.github.primesim.units.InputProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What stands in a hardware file and what it implies, before anything is compiled. */
final class HardwareFigures {
  private static final double BITS_PER_GB = 8.0 * 1024 * 1024 * 1024;

  private HardwareFigures() {}

  static Map<String, Figure> all() {
    return Map.ofEntries(
        Map.entry("hardware-number", HardwareFigures::number),
        Map.entry("fact", HardwareFigures::fact),
        Map.entry(
            "capacity", question -> capacity(question).weights() / question.number("scale", 1)),
        Map.entry("memory-capacity", question -> capacity(question).memoryBits() / BITS_PER_GB),
        Map.entry("conversion-energy", HardwareFigures::conversionEnergy),
        Map.entry("conversion-priced", HardwareFigures::conversionPriced),
        Map.entry("lowest-conversion", HardwareFigures::lowestConversion),
        Map.entry("trace-verbs", HardwareFigures::traceVerbs));
  }

  private static double number(Question question) {
    return HardwareNumbers.number(question.hardware(), question.text("key"));
  }

  /** An entry of {@code run --explain-hardware}. */
  private static double fact(Question question) {
    try {
      return HardwareFacts.of(question.hardware())
          .fact(question.text("group"), question.text("fact"))
          .value();
    } catch (IllegalArgumentException e) {
      throw new InputProblem(e.getMessage(), e);
    }
  }

  private static Capacity capacity(Question question) {
    HardwareSpec spec = question.hardware();
    return Capacity.of(spec, CrossbarGeometry.of(spec, SignScheme.PAIRS));
  }

  private static double conversionEnergy(Question question) {
    int bits = question.count("bits");
    List<Quantity> table = question.hardware().energy().conversionPj();
    if (bits < 1 || bits > table.size()) {
      throw new InputProblem("input 'bits' is '" + bits + "', allowed: 1 to " + table.size());
    }
    return table.get(bits - 1).value();
  }

  /** 1 where a conversion of so many bits has a price, otherwise 0. */
  private static double conversionPriced(Question question) {
    List<Quantity> table = question.hardware().energy().conversionPj();
    int bits = question.count("bits");
    return bits >= 1 && bits <= table.size() && table.get(bits - 1).value() > 0 ? 1 : 0;
  }

  private static double lowestConversion(Question question) {
    List<Quantity> table = question.hardware().energy().conversionPj();
    for (int bits = 1; bits <= table.size(); bits++) {
      if (table.get(bits - 1).value() > 0) {
        return bits;
      }
    }
    return 0;
  }

  /** How many of some words are verbs of a trace. */
  private static double traceVerbs(Question question) {
    List<String> verbs = Arrays.stream(Verb.values()).map(Verb::key).toList();
    return question.words("verbs").stream().filter(verbs::contains).count();
  }
}
