package io.github.primesim.config;

import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sweep files, format {@code primesim.sweep/1}; {@code docs/sweep.md} describes it. */
public final class SweepFiles {
  private static final List<String> OF_NETWORKS =
      List.of(
          DesignKey.NETWORK.key(),
          DesignKey.INPUT_SHAPE.key(),
          DesignKey.INPUT_VALUE.key(),
          DesignKey.SKIP_UNSUPPORTED.key());

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
    requireImages(document, keys, plan);
    SweepDesigns designs = new SweepDesigns(installation, plan.keys());
    Map<String, String> networks = new LinkedHashMap<>();
    Map<String, String> memories = new LinkedHashMap<>();
    Set<String> checked = new LinkedHashSet<>();
    for (SweepKeys.Written written : keys.written()) {
      if (checked.add(written.key() + "=" + written.value())) {
        named(document, written, () -> designs.check(written.key(), written.value()));
      }
    }
    Set<String> left = new LinkedHashSet<>();
    for (Map<String, String> choice : networks(plan, keys)) {
      LoadedNetwork network = read(document, keys, designs, choice);
      networks.put(String.join(" ", named(choice)), network.digest());
      left.addAll(network.left());
    }
    for (String memory : values(plan, keys, DesignKey.HARDWARE)) {
      memories.put(memory, designs.hardware(memory).with(List.of()).digest());
    }
    HardwareBase first = designs.hardware(memories.keySet().iterator().next());
    for (String key : plan.keys()) {
      if (!DesignKey.keys().contains(key) && !AccuracyKey.keys().contains(key)) {
        first.require(key, document.locate(keys.place(key)));
      }
    }
    return new LoadedSweep(plan, designs, text, networks, memories, List.copyOf(left));
  }

  /** Networks of the points, each with what points say of it as an ONNX file. */
  private static Set<Map<String, String>> networks(SweepPlan plan, SweepKeys keys) {
    List<String> said = plan.keys().stream().filter(OF_NETWORKS::contains).toList();
    String name = DesignKey.NETWORK.key();
    if (said.stream().allMatch(name::equals)) {
      Set<Map<String, String>> networks = new LinkedHashSet<>();
      values(plan, keys, DesignKey.NETWORK).forEach(value -> networks.add(Map.of(name, value)));
      return networks;
    }
    return IntStream.range(0, plan.size())
        .mapToObj(index -> chosen(plan.point(index).values()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Map<String, String> chosen(Map<String, String> values) {
    Map<String, String> chosen = new LinkedHashMap<>();
    String name = DesignKey.NETWORK.key();
    chosen.put(name, values.getOrDefault(name, DesignKey.NETWORK.unchosen().orElseThrow()));
    OF_NETWORKS.stream()
        .filter(values::containsKey)
        .forEach(key -> chosen.put(key, values.get(key)));
    return chosen;
  }

  /** The name of a network, and what is said of it. */
  private static List<String> named(Map<String, String> choice) {
    return choice.entrySet().stream()
        .map(
            each ->
                each.getKey().equals(DesignKey.NETWORK.key())
                    ? each.getValue()
                    : each.getKey() + ":" + each.getValue())
        .toList();
  }

  private static LoadedNetwork read(
      YamlDocument document, SweepKeys keys, SweepDesigns designs, Map<String, String> choice) {
    try {
      return designs.network(choice);
    } catch (InputProblem problem) {
      String place =
          keys.written().stream()
              .filter(written -> choice.get(written.key()) != null)
              .filter(written -> choice.get(written.key()).equals(written.value()))
              .findFirst()
              .map(written -> document.locate(written.at()) + ": ")
              .orElse("");
      throw new InputProblem(place + problem.getMessage(), problem);
    }
  }

  private static List<String> known() {
    return Stream.of(
            DesignKey.keys().stream(),
            AccuracyKey.keys().stream(),
            HardwareKey.all().stream().map(HardwareKey::path))
        .flatMap(keys -> keys)
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

  /** Either all points are classified or none, so that no column has holes. */
  private static void requireImages(YamlDocument document, SweepKeys keys, SweepPlan plan) {
    for (String key : plan.keys()) {
      if (AccuracyKey.keys().contains(key) && !plan.always(AccuracyKey.IMAGES.key())) {
        throw document.problem(
            keys.place(key),
            "says how points are classified, allowed: with '"
                + AccuracyKey.IMAGES.key()
                + "' in every point, the number of test images");
      }
      if (key.equals(AccuracyKey.CHIPS.key())
          && Arrays.stream(AccuracyKey.values())
              .noneMatch(each -> each.differs() && plan.always(each.key()))) {
        throw document.problem(
            keys.place(key),
            "chips do not differ, allowed: with one of "
                + Arrays.stream(AccuracyKey.values())
                    .filter(AccuracyKey::differs)
                    .map(AccuracyKey::key)
                    .collect(Collectors.joining(", "))
                + " in every point");
      }
    }
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
