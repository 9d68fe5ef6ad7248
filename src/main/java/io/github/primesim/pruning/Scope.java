package io.github.primesim.pruning;

import io.github.primesim.network.Layer;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Layers that share a target: all together, or each one alone.
 *
 * @param layers the layers
 * @param weights weights that still have to go from them, biases left out
 */
record Scope(List<Layer> layers, long weights) {

  /**
   * The scopes of a request whose target is the sparsity of the network. Whole weights, rounded
   * half up; a layer alone has to make up for its share of what is protected.
   *
   * @throws InputProblem if all that may be pruned is not enough
   */
  static List<Scope> of(PruningRequest request, Mask mask) {
    List<Layer> prunable = request.prunable();
    long all = weights(request, request.network().weightedLayers());
    long allowed = weights(request, prunable);
    long protectedZeros =
        request.network().weightedLayers().stream()
            .filter(layer -> !prunable.contains(layer))
            .mapToLong(mask::pruned)
            .sum();
    long target = Math.round(request.target() * all) - protectedZeros;
    if (target >= allowed && target > 0) {
      throw new InputProblem(
          String.format(
              Locale.ROOT,
              "--target %s: the layers that are not protected hold %.4f of the weights, allowed:"
                  + " less than that",
              request.target(),
              (double) (allowed + protectedZeros) / all));
    }
    if (!request.perLayer()) {
      return List.of(new Scope(prunable, target - pruned(mask, prunable)));
    }
    List<Scope> scopes = new ArrayList<>();
    for (Layer layer : prunable) {
      List<Layer> alone = List.of(layer);
      long share = Math.round((double) target * weights(request, alone) / allowed);
      scopes.add(new Scope(alone, share - pruned(mask, alone)));
    }
    return scopes;
  }

  private static long weights(PruningRequest request, List<Layer> layers) {
    return layers.stream().mapToLong(request.network()::weights).sum();
  }

  private static long pruned(Mask mask, List<Layer> layers) {
    return layers.stream().mapToLong(mask::pruned).sum();
  }
}
