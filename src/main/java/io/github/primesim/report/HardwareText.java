package io.github.primesim.report;

import io.github.primesim.experiment.HardwareFacts;
import io.github.primesim.experiment.HardwareFacts.Fact;
import java.util.List;

/** What a hardware file implies, as a table or as JSON. */
public final class HardwareText {
  private HardwareText() {}

  /** A table with a line per number. */
  public static String text(HardwareFacts facts) {
    TextTable table = new TextTable("", "", "<");
    String group = "";
    for (Fact fact : facts.facts()) {
      if (!fact.group().equals(group)) {
        group = fact.group();
        table.row(group, "", "");
      }
      table.row("  " + fact.name(), value(fact), fact.unit());
    }
    return facts.hardware() + ": " + facts.description() + "\n" + table.text();
  }

  /** What each of several memories implies, the headline numbers side by side. */
  public static String summary(List<HardwareFacts> memories) {
    TextTable table =
        new TextTable(
            "hardware",
            "signed weights",
            "SA bits/result",
            "mat operation",
            "pJ/operation",
            "peak TOPS",
            "TOPS/W",
            "buffer pJ/bit read",
            "written");
    for (HardwareFacts memory : memories) {
      table.row(
          memory.hardware(),
          value(memory.fact("capacity", "signed weights")),
          value(memory.fact("sense amplifier bits", "per result")),
          value(memory.fact("one operation of a full mat", "time")) + " ns",
          value(memory.fact("one operation of a full mat", "energy")),
          value(memory.fact("peak, all mats on uniform data", "operations")),
          value(memory.fact("peak, all mats on uniform data", "efficiency")),
          value(memory.fact("data, per bit moved", "buffer-read-bits")),
          value(memory.fact("data, per bit moved", "buffer-write-bits")));
    }
    return table.text();
  }

  /** The same numbers as an object of objects, keys as in the table. */
  public static String json(HardwareFacts facts) {
    return JsonDocument.object(
        json -> {
          json.put("schema", "primesim.hardwareFacts/1")
              .put("hardware", facts.hardware())
              .put("description", facts.description())
              .put(
                  "facts",
                  facts.facts(),
                  fact ->
                      json.put("group", fact.group())
                          .put("name", fact.name())
                          .putAmount("value", fact.value())
                          .put("unit", fact.unit()));
        });
  }

  private static String value(Fact fact) {
    return fact.value() == Math.rint(fact.value())
        ? Numbers.count((long) fact.value())
        : Numbers.fixed(fact.value());
  }
}
