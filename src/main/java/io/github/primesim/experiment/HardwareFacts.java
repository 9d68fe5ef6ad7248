package io.github.primesim.experiment;

import io.github.primesim.energy.Implications;
import io.github.primesim.energy.MatOperation;
import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.hardware.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a hardware file implies, as a list to be read before anything is simulated.
 *
 * @param hardware name of the hardware
 * @param description what the file says it is
 * @param facts grouped, groups in order
 */
public record HardwareFacts(String hardware, String description, List<Fact> facts) {
  /**
   * One implied number.
   *
   * @param group what it is about
   * @param name what it is
   * @param value the number
   * @param unit its unit, empty for a count
   */
  public record Fact(String group, String name, double value, String unit) {}

  public HardwareFacts {
    facts = List.copyOf(facts);
  }

  /** The fact of that name. */
  public Fact fact(String group, String name) {
    return facts.stream()
        .filter(fact -> fact.group().equals(group) && fact.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fact '" + name + "' in " + group));
  }

  /** The facts of {@code spec} with sign pairs, as PRIME holds weights. */
  public static HardwareFacts of(HardwareSpec spec) {
    return of(spec, SignScheme.PAIRS);
  }

  /** The facts of {@code spec} with weights held as {@code signs}. */
  public static HardwareFacts of(HardwareSpec spec, SignScheme signs) {
    Implications implied = Implications.of(spec, signs);
    Facts facts = new Facts();
    organization(facts.in("organization"), spec, implied.geometry());
    capacity(facts.in("capacity"), implied.capacity());
    conversions(facts.in("sense amplifier bits"), spec, implied);
    operation(facts.in("one operation of a full mat"), implied);
    facts
        .in("peak, all mats on uniform data")
        .add("operations", implied.peakTops(), "TOPS")
        .add("efficiency", implied.peakTopsPerWatt(), "TOPS/W");
    facts.in("data, per bit moved");
    implied.pjPerBit().forEach((path, pj) -> facts.add(path.key(), pj, "pJ"));
    facts
        .in("chip")
        .add("leakage of what computes", implied.leakageWatt(), "W")
        .add("area of what computes", implied.computeAreaMm2(), "mm2");
    timing(facts.in("timing"), spec.timing());
    return new HardwareFacts(spec.name(), spec.description(), facts.list);
  }

  private static void organization(Facts facts, HardwareSpec spec, CrossbarGeometry geometry) {
    Organization organization = spec.organization();
    facts
        .add("banks", organization.banks().value(), "")
        .add("subarrays per bank", organization.subarraysPerBank().value(), "")
        .add("FF subarrays per bank", organization.ffSubarraysPerBank().value(), "")
        .add("Buffer subarrays per bank", organization.bufferSubarraysPerBank().value(), "")
        .add("mats per FF subarray", geometry.matsPerFfSubarray(), "")
        .add("crossbar wordlines", geometry.rows(), "")
        .add("crossbar bitlines", geometry.bitlines(), "")
        .add("arrays per mat", geometry.slotsPerMat() * geometry.arraysPerSlot(), "")
        .add("sense amplifiers per mat", geometry.senseAmplifiersPerMat(), "")
        .add("bitlines per sense amplifier", organization.bitlinesPerSenseAmplifier().value(), "")
        .add("weight columns per sense amplifier", geometry.columnsPerSenseAmplifier(), "");
  }

  private static void capacity(Facts facts, Capacity capacity) {
    facts
        .add("mats", (double) capacity.mats(), "")
        .add("weight rows per mat", capacity.matRows(), "")
        .add("weight columns per mat", capacity.matColumns(), "")
        .add("signed weights", (double) capacity.weights(), "")
        .add("FF subarray as memory", (double) capacity.ffSubarrayBits(), "bit");
  }

  private static void conversions(Facts facts, HardwareSpec spec, Implications implied) {
    ConversionBits bits = ConversionBits.of(spec, implied.geometry().rows());
    for (int input = 0; input < bits.parts().size(); input++) {
      for (int weight = 0; weight < bits.parts().get(input).size(); weight++) {
        facts.add(
            String.format(Locale.ROOT, "input slice %d, weight slice %d", input, weight),
            bits.bits(input, weight),
            "bit");
      }
    }
    facts.add("per result", bits.bitsPerResult(), "bit");
  }

  private static void operation(Facts facts, Implications implied) {
    MatOperation operation = implied.operation();
    facts
        .add("time", operation.ns(), "ns")
        .add("conversions on a sense amplifier", operation.conversionsPerSenseAmplifier(), "")
        .add("bits on a sense amplifier", operation.bitsPerSenseAmplifier(), "bit");
    implied.pjByComponent().forEach((component, pj) -> facts.add(component.key(), pj, "pJ"));
    facts.add("energy", implied.pjPerOperation(), "pJ");
  }

  private static void timing(Facts facts, Timing timing) {
    facts
        .add("clock period", timing.clockPeriodNs().value(), "ns")
        .add("sense amplifier bit", timing.saBitNs().value(), "ns")
        .add("tRCD", timing.tRcdNs().value(), "ns")
        .add("tCL", timing.tClNs().value(), "ns")
        .add("tRP", timing.tRpNs().value(), "ns")
        .add("tWR", timing.tWrNs().value(), "ns");
  }

  /** Collects facts group by group. */
  private static final class Facts {
    private final List<Fact> list = new ArrayList<>();
    private String group = "";

    Facts in(String name) {
      group = name;
      return this;
    }

    Facts add(String name, double value, String unit) {
      list.add(new Fact(group, name, value, unit));
      return this;
    }
  }
}
