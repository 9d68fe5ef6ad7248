package io.github.primesim.config;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.Network;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is bundled with an installation, by name, with a line on each. */
public final class Catalogue {
  private Catalogue() {}

  /**
   * The entries of one kind.
   *
   * @param kind networks, hardware or mappings
   * @throws InputProblem if there is no such kind, or a bundled file is damaged
   */
  public static Map<String, String> of(Path installation, String kind) {
    return switch (kind) {
      case "networks" -> networks(installation);
      case "hardware" -> hardware(installation);
      case "mappings" -> mappings();
      default ->
          throw new InputProblem(
              "'" + kind + "' cannot be listed, allowed: networks, hardware, mappings");
    };
  }

  /** Names of all mapping schemes, simplest first. */
  public static List<String> schemes() {
    return Mappings.names();
  }

  private static Map<String, String> networks(Path installation) {
    NetworkFiles files = new NetworkFiles(installation);
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : files.names()) {
      Network network = files.load(name).network();
      entries.put(
          name,
          network.origin().name().toLowerCase(Locale.ROOT) + " weights; " + network.description());
    }
    return entries;
  }

  private static Map<String, String> hardware(Path installation) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : HardwareFiles.bundled(installation)) {
      HardwareSpec spec = HardwareFiles.load(installation, name, List.of()).spec();
      entries.put(name, spec.description());
    }
    return entries;
  }

  private static Map<String, String> mappings() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : Mappings.names()) {
      entries.put(
          name,
          Mappings.named(name).description() + (name.equals(Mappings.DEFAULT) ? " (default)" : ""));
    }
    return entries;
  }
}
