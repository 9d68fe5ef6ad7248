package io.github.primesim.experiment;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.pruning.Pruning;
import io.github.primesim.pruning.PruningRequest;
import io.github.primesim.pruning.PruningScheme;
import io.github.primesim.pruning.Rank;
import io.github.primesim.pruning.Share;
import io.github.primesim.units.InputProblem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a network is to be pruned, as the user wrote it.
 *
 * @param scheme name of a scheme
 * @param target number from 0 to below 1
 * @param share what the target is a share of
 * @param rank order of segments
 * @param per layer or global
 * @param protect layers that stay, separated by commas; none of them where it is {@code none};
 *     without it what the scheme protects
 */
public record PruningChoices(
    String scheme, String target, String share, String rank, String per, Optional<String> protect) {
  private static final String NONE = "none";

  /** Names of the schemes. */
  public static List<String> schemes() {
    return Pruning.names();
  }

  /** What a target can be a share of, with one scheme or another. */
  public static List<String> shares() {
    return Arrays.stream(Share.values()).map(PruningChoices::lower).toList();
  }

  /** Orders of segments. */
  public static List<String> ranks() {
    return Arrays.stream(Rank.values()).map(PruningChoices::lower).toList();
  }

  /** Whether layers share the target. */
  public static List<String> scopes() {
    return List.of("global", "layer");
  }

  /**
   * Checks what can be checked without the network.
   *
   * @throws InputProblem naming the option, its value, and what is allowed
   */
  public void check() {
    pruning();
    targetValue();
    shareOf();
    rankOf();
    perLayer();
  }

  /**
   * What is asked of the scheme.
   *
   * @throws InputProblem if a choice is unusable
   */
  public PruningRequest request(CompileRequest design) {
    Map<String, Double> biasInputs = new LinkedHashMap<>();
    design.activity().forEach((layer, activity) -> biasInputs.put(layer, activity.biasInput()));
    return new PruningRequest(
        design.network(),
        design.weights(),
        design.hardware().quantization().weightBits().count(),
        biasInputs,
        design.mapping(),
        CrossbarGeometry.of(design.hardware(), design.signs()),
        targetValue(),
        shareOf(),
        rankOf(),
        perLayer(),
        protectedLayers(design.network()));
  }

  /** The scheme. */
  PruningScheme pruning() {
    return Pruning.named(scheme);
  }

  /** The target as a number. */
  double targetValue() {
    double value;
    try {
      value = Double.parseDouble(target);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value < 1)) {
      throw new InputProblem(
          "--target '" + target + "': allowed: a number from 0 to below 1, such as 0.85");
    }
    return value;
  }

  /** What the target is a share of. */
  Share shareOf() {
    List<Share> allowed = pruning().shares();
    return allowed.stream()
        .filter(each -> lower(each).equals(share))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "--of",
                    share,
                    allowed.stream().map(PruningChoices::lower).toList(),
                    " with --scheme " + scheme));
  }

  /** The order of segments. */
  Rank rankOf() {
    Rank found =
        Arrays.stream(Rank.values())
            .filter(each -> lower(each).equals(rank))
            .findFirst()
            .orElseThrow(() -> unknown("--rank", rank, ranks(), ""));
    if (found == Rank.COST && !scheme.equals("segment")) {
      throw unknown("--rank", rank, List.of(lower(Rank.NORM)), " with --scheme " + scheme);
    }
    return found;
  }

  /** Whether each layer has the target for itself. */
  boolean perLayer() {
    if (!scopes().contains(per)) {
      throw unknown("--per", per, scopes(), "");
    }
    return per.equals("layer");
  }

  /** Names of the layers that stay. */
  Set<String> protectedLayers(Network network) {
    List<String> weighted = network.weightedLayers().stream().map(Layer::name).toList();
    if (weighted.isEmpty()) {
      throw new InputProblem(
          "network '" + network.name() + "' has no layer with weights, at least one is needed");
    }
    Set<String> names = new LinkedHashSet<>();
    if (protect.isEmpty()) {
      if (pruning().protectsEnds()) {
        names.add(weighted.get(0));
        names.add(weighted.get(weighted.size() - 1));
      }
      return names;
    }
    if (protect.get().equals(NONE)) {
      return names;
    }
    for (String name : protect.get().split(",", -1)) {
      if (!weighted.contains(name)) {
        throw new InputProblem(
            "--protect '"
                + name
                + "' is no layer with weights, allowed: none, "
                + String.join(", ", weighted));
      }
      names.add(name);
    }
    return names;
  }

  private static InputProblem unknown(
      String option, String value, List<String> allowed, String where) {
    return new InputProblem(
        option
            + " '"
            + value
            + "' is unknown"
            + where
            + ", allowed: "
            + String.join(", ", allowed));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
