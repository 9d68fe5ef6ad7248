package io.github.primesim.mapping;

import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.function.Function;

/** The mapping schemes by name. A new scheme is one class and one line here. */
public final class Mappings {
  /** The scheme used where none is named. */
  public static final String DEFAULT = "block-compact";

  private static final List<Function<MappingOptions, Mapping>> ALL =
      List.of(
          options -> new DenseMapping(),
          options -> new ZeroTileMapping(),
          GlobalKMeansMapping::new,
          StripKMeansMapping::new,
          BlockKMeansMapping::new,
          BlockCompactMapping::new,
          RowOrderMapping::new,
          ColumnGroupMapping::new,
          OperationUnitMapping::new);

  private Mappings() {}

  /** Names of all schemes, simplest first. */
  public static List<String> names() {
    return ALL.stream().map(scheme -> scheme.apply(MappingOptions.DEFAULT).name()).toList();
  }

  /**
   * The scheme of that name with {@link MappingOptions#DEFAULT}.
   *
   * @throws InputProblem if there is none
   */
  public static Mapping named(String name) {
    return named(name, MappingOptions.DEFAULT);
  }

  /**
   * The scheme of that name.
   *
   * @throws InputProblem if there is none
   */
  public static Mapping named(String name, MappingOptions options) {
    return ALL.stream()
        .map(scheme -> scheme.apply(options))
        .filter(mapping -> mapping.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputProblem(
                    "mapping '" + name + "' is unknown, allowed: " + String.join(", ", names())));
  }
}
