package io.github.primesim.experiment;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import io.github.primesim.pruning.Mask;
import io.github.primesim.pruning.Pruning;
import io.github.primesim.pruning.PruningRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * A network with some of its weights set to zero, and not trained since.
 *
 * @param network the layers
 * @param weights the weights that stay, the others at zero
 * @param mask 1 where a weight stays, 0 elsewhere, in the form of weights
 * @param choices how it was pruned
 * @param mapping scheme that counted the arrays
 * @param crossbarRows wordlines of a crossbar
 * @param crossbarBitlines bitlines of a crossbar
 * @param signs how signed weights are held
 * @param layers what became of each layer with weights
 */
public record PrunedNetwork(
    Network network,
    Weights weights,
    Weights mask,
    PruningChoices choices,
    String mapping,
    int crossbarRows,
    int crossbarBitlines,
    String signs,
    List<PrunedLayer> layers) {
  public PrunedNetwork {
    layers = List.copyOf(layers);
  }

  /**
   * Prunes.
   *
   * @param progress is told of each layer whose arrays are counted, after weights were chosen in
   *     all of them
   * @throws io.github.primesim.units.InputProblem if a choice is unusable, the target cannot be
   *     reached, or a layer would be cleared
   */
  public static PrunedNetwork of(
      CompileRequest request, PruningChoices choices, Progress progress) {
    Network network = request.network();
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    Set<String> protectedLayers = choices.protectedLayers(network);
    PruningRequest pruning = choices.request(request);
    Mask before = Mask.ofNonZeros(network, request.weights());
    Mask mask = Pruning.prune(choices.pruning(), pruning);
    Weights pruned = mask.applyTo(request.weights());
    List<PrunedLayer> layers = new ArrayList<>();
    List<Layer> weighted = network.weightedLayers();
    for (Layer layer : weighted) {
      Arrays old = arrays(pruning, request.weights(), layer);
      layers.add(
          new PrunedLayer(
              layer.name(),
              protectedLayers.contains(layer.name()),
              network.positions(layer),
              network.weights(layer),
              before.pruned(layer),
              mask.pruned(layer),
              new CrossbarCount(old.dense, old.mapped, old.lowerBound),
              arrays(pruning, pruned, layer).mapped));
      progress.mapped(layer.name(), layers.size(), weighted.size());
    }
    return new PrunedNetwork(
        network,
        pruned,
        mask.asWeights(),
        choices,
        request.mapping().name(),
        geometry.rows(),
        geometry.bitlines(),
        request.signs().name().toLowerCase(Locale.ROOT),
        layers);
  }

  /** Name of the network that was pruned. */
  public String name() {
    return network.name();
  }

  /** A sum over all layers. */
  public long total(ToLongFunction<PrunedLayer> count) {
    return layers.stream().mapToLong(count).sum();
  }

  /** Share of the weights that are zero now. */
  public double sparsity() {
    return (double) total(PrunedLayer::zerosAfter) / total(PrunedLayer::weights);
  }

  private static Arrays arrays(PruningRequest request, Weights weights, Layer layer) {
    Arrays sum = new Arrays(0, 0, 0);
    for (int m = 0; m < request.network().matrices(layer); m++) {
      LayerMapping mapping =
          request
              .mapping()
              .map(
                  weights.quantized(
                      layer, m, request.weightBits(), request.biasInputs().get(layer.name())),
                  request.geometry());
      sum =
          new Arrays(
              sum.dense + mapping.denseArrays(),
              sum.mapped + mapping.arrays(),
              sum.lowerBound + mapping.lowerBoundArrays());
    }
    return sum;
  }

  private record Arrays(long dense, long mapped, long lowerBound) {}
}
