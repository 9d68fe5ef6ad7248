package io.github.primesim.config;

import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Sweep files, format {@code primesim.sweep/1}; {@code docs/sweep.md} describes it. */
public final class SweepFiles {
  private SweepFiles() {}

  /**
   * Reads a sweep, and every network and hardware file it names.
   *
   * @param installation folder that holds {@code hw-configs/} and {@code networks/}
   * @throws InputProblem naming file, line, key, value and what is allowed. A number of the
   *     hardware that is out of its range is no problem here: its points fail
   */
  public static LoadedSweep read(Path installation, Path file) {
    StrictYaml.read(file);
    return parse(installation, file.toString(), text(file));
  }

  /**
   * The same with a sweep file that was read before.
   *
   * @param name what it is called in refusals
   * @param text its content
   * @throws InputProblem as {@link #read}
   */
  public static LoadedSweep parse(Path installation, String name, String text) {
    YamlDocument document = StrictYaml.parse(name, text);
    SweepKeys keys = new SweepKeys(document, known());
    SweepPlan plan = new SweepYaml(document, keys).plan();
    refuseTwoCrossbars(document, keys, plan);
    SweepDesigns designs = new SweepDesigns(installation, plan.keys());
    Map<String, String> networks = new LinkedHashMap<>();
    Map<String, String> memories = new LinkedHashMap<>();
    Set<String> checked = new LinkedHashSet<>();
    for (SweepKeys.Written written : keys.written()) {
      if (checked.add(written.key() + "=" + written.value())) {
        named(document, written, () -> designs.check(written.key(), written.value()));
      }
    }
    for (String network : values(plan, keys, DesignKey.NETWORK)) {
      networks.put(network, designs.network(network).digest());
    }
    for (String memory : values(plan, keys, DesignKey.HARDWARE)) {
      memories.put(memory, designs.hardware(memory).with(List.of()).digest());
    }
    HardwareBase first = designs.hardware(memories.keySet().iterator().next());
    for (String key : plan.keys()) {
      if (!DesignKey.keys().contains(key)) {
        first.require(key, document.locate(keys.place(key)));
      }
    }
    return new LoadedSweep(plan, designs, text, networks, memories);
  }

  private static List<String> known() {
    return Stream.concat(
            DesignKey.keys().stream(), HardwareKey.all().stream().map(HardwareKey::path))
        .toList();
  }

  private static void named(YamlDocument document, SweepKeys.Written written, Runnable check) {
    try {
      check.run();
    } catch (InputProblem problem) {
      throw new InputProblem(document.locate(written.at()) + ": " + problem.getMessage(), problem);
    }
  }

  /** All values a key has in some point. */
  private static Set<String> values(SweepPlan plan, SweepKeys keys, DesignKey key) {
    Set<String> values = new LinkedHashSet<>();
    if (!plan.always(key.key())) {
      key.unchosen().ifPresent(values::add);
    }
    keys.written().stream()
        .filter(written -> written.key().equals(key.key()))
        .forEach(written -> values.add(written.value()));
    return values;
  }

  private static void refuseTwoCrossbars(YamlDocument document, SweepKeys keys, SweepPlan plan) {
    for (String key : plan.keys()) {
      if (key.startsWith("organization.crossbar") && plan.keys().contains("crossbar")) {
        throw document.problem(
            keys.place(key), "sets what 'crossbar' sets too, allowed: one of the two");
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
