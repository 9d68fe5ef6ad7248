package io.github.primesim.pruning;

import io.github.primesim.network.Layer;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.Locale;

/** The pruning schemes by name. A new scheme is one class and one line here. */
public final class Pruning {
  private static final List<PruningScheme> ALL =
      List.of(
          new MagnitudePruning(), //
          new CrossbarPruning(),
          new SegmentPruning());

  private Pruning() {}

  /** Names of all schemes. */
  public static List<String> names() {
    return ALL.stream().map(PruningScheme::name).toList();
  }

  /**
   * The scheme of that name.
   *
   * @throws InputProblem if there is none
   */
  public static PruningScheme named(String name) {
    return ALL.stream()
        .filter(scheme -> scheme.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputProblem(
                    "--scheme '" + name + "' is unknown, allowed: " + String.join(", ", names())));
  }

  /**
   * The weights that stay.
   *
   * @throws InputProblem if the target cannot be reached, or would clear a whole layer
   */
  public static Mask prune(PruningScheme scheme, PruningRequest request) {
    Mask before = Mask.ofNonZeros(request.network(), request.weights());
    Mask mask = Mask.ofNonZeros(request.network(), request.weights());
    scheme.prune(request, mask);
    for (Layer layer : request.network().weightedLayers()) {
      if (mask.kept(layer) == 0 && before.kept(layer) > 0) {
        throw new InputProblem(
            String.format(
                Locale.ROOT,
                "--target %s: would clear the whole layer '%s', allowed: less, or --protect %s",
                request.target(),
                layer.name(),
                layer.name()));
      }
    }
    return mask;
  }
}
