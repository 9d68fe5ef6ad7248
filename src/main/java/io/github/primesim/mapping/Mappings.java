package io.github.primesim.mapping;

import io.github.primesim.units.InputProblem;
import java.util.List;

/** The mapping schemes by name. A new scheme is one class and one line here. */
public final class Mappings {
  /** The scheme used where none is named. */
  public static final String DEFAULT = "block-compact";

  private static final List<Mapping> ALL =
      List.of(
          new DenseMapping(), //
          new ZeroTileMapping(),
          new BlockCompactMapping());

  private Mappings() {}

  /** Names of all schemes, simplest first. */
  public static List<String> names() {
    return ALL.stream().map(Mapping::name).toList();
  }

  /**
   * The scheme of that name.
   *
   * @throws InputProblem if there is none
   */
  public static Mapping named(String name) {
    return ALL.stream()
        .filter(mapping -> mapping.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputProblem(
                    "mapping '" + name + "' is unknown, allowed: " + String.join(", ", names())));
  }
}
