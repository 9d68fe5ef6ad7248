package io.github.primesim.pruning;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whole crossbars go, those of the mapping that hold the least.
 *
 * <p>A crossbar's weight is the sum of the magnitudes it holds, over the mean of its layer. {@code
 * block-compact} packs each row block by that sum, heaviest columns first and the partly filled
 * crossbar last, so the lightest j crossbars of a block hold the least that any packing could leave
 * in j crossbars. Cleared until the target is reached: a share of the crossbars, a sparsity, or all
 * crossbars below a utilisation.
 *
 * <p>Biases in a cleared crossbar go with it, and so do weights that round to zero on every
 * crossbar kept: what no crossbar holds is pruned.
 *
 * <p>Source: Lin et al., ASP-DAC 2019 (crossbar-grained pruning).
 */
public final class CrossbarPruning implements PruningScheme {
  @Override
  public String name() {
    return "crossbar";
  }

  @Override
  public List<Share> shares() {
    return List.of(Share.CROSSBARS, Share.WEIGHTS, Share.UTILIZATION);
  }

  @Override
  public boolean protectsEnds() {
    return true;
  }

  @Override
  public void prune(PruningRequest request, Mask mask) {
    Map<Layer, List<Mapped>> mapped = new LinkedHashMap<>();
    for (Layer layer : request.prunable()) {
      mapped.put(layer, map(request, mask, layer));
    }
    if (request.share() == Share.WEIGHTS) {
      // After mapping, since what rounds to zero is gone already.
      for (Scope scope : Scope.of(request, mask)) {
        long left = scope.weights();
        for (Mapped crossbar : lightestFirst(mapped, scope.layers())) {
          left -= left > 0 ? crossbar.clear(request.network(), mask) : 0;
        }
      }
      return;
    }
    List<List<Layer>> scopes =
        request.perLayer()
            ? mapped.keySet().stream().map(List::of).toList()
            : List.of(List.copyOf(mapped.keySet()));
    for (List<Layer> layers : scopes) {
      List<Mapped> crossbars = lightestFirst(mapped, layers);
      if (request.share() == Share.CROSSBARS) {
        int cleared = (int) Math.round(request.target() * crossbars.size());
        crossbars.subList(0, cleared).forEach(each -> each.clear(request.network(), mask));
      } else {
        crossbars.stream()
            .filter(each -> each.utilization() < request.target())
            .forEach(each -> each.clear(request.network(), mask));
      }
    }
  }

  /**
   * How many weights each crossbar of the layers that are not protected holds, biases left out, in
   * the order in which crossbars are cleared.
   */
  public List<Long> held(PruningRequest request) {
    Mask mask = Mask.ofNonZeros(request.network(), request.weights());
    Map<Layer, List<Mapped>> mapped = new LinkedHashMap<>();
    for (Layer layer : request.prunable()) {
      mapped.put(layer, map(request, mask, layer));
    }
    return lightestFirst(mapped, List.copyOf(mapped.keySet())).stream()
        .map(crossbar -> (long) crossbar.weights(request.network()))
        .toList();
  }

  private static List<Mapped> lightestFirst(Map<Layer, List<Mapped>> mapped, List<Layer> layers) {
    List<Mapped> all = new ArrayList<>();
    layers.forEach(layer -> all.addAll(mapped.get(layer)));
    all.sort(Comparator.comparingDouble(Mapped::weight)); // stable: layers, then placement
    return all;
  }

  /** Maps a layer and takes out of the mask what no crossbar holds. */
  private static List<Mapped> map(PruningRequest request, Mask mask, Layer layer) {
    List<Mapped> found = new ArrayList<>();
    for (int m = 0; m < request.network().matrices(layer); m++) {
      found.addAll(map(request, mask, layer, m));
    }
    double mean = found.stream().mapToDouble(Mapped::weight).average().orElse(1);
    return found.stream().map(each -> each.over(mean)).toList();
  }

  private static List<Mapped> map(PruningRequest request, Mask mask, Layer layer, int matrix) {
    LayerMapping mapping =
        request.mapping().map(request.quantized(layer, matrix), request.geometry());
    float[] values = request.weights().matrix(layer, matrix).values();
    BitSet held = new BitSet(values.length);
    int places = request.geometry().rows() * request.geometry().weightsPerWordline();
    List<Mapped> found = new ArrayList<>();
    for (Crossbar crossbar : mapping.crossbars()) {
      Held contents =
          new Held(crossbar, values, request.network().columns(layer), mask.kept(layer, matrix));
      for (int place : contents.places) {
        held.set(place);
      }
      found.add(
          new Mapped(
              layer, matrix, contents, contents.sum, (double) contents.places.length / places));
    }
    mask.kept(layer, matrix).and(held);
    return found;
  }

  /** The weights that stay and that one crossbar holds. */
  private static final class Held {
    private final int[] places;
    private double sum;

    Held(Crossbar crossbar, float[] values, int columns, BitSet kept) {
      IntStream.Builder found = IntStream.builder();
      for (Segment segment : crossbar.segments()) {
        for (int row : segment.rows()) {
          for (int column : segment.columns()) {
            int at = row * columns + column;
            if (kept.get(at) && crossbar.sign().holds(values[at] > 0 ? 1 : -1)) {
              found.add(at);
              sum += Math.abs(values[at]);
            }
          }
        }
      }
      places = found.build().toArray();
    }
  }

  /** A crossbar with what it holds. */
  private record Mapped(Layer layer, int matrix, Held contents, double weight, double utilization) {
    Mapped over(double mean) {
      return new Mapped(layer, matrix, contents, mean == 0 ? 0 : weight / mean, utilization);
    }

    /** Returns how many weights it held, biases left out. */
    int clear(Network network, Mask mask) {
      BitSet kept = mask.kept(layer, matrix);
      for (int place : contents.places) {
        kept.clear(place);
      }
      return weights(network);
    }

    /** Weights it holds, biases left out. */
    int weights(Network network) {
      int end = network.inputRows(layer) * network.columns(layer);
      return (int) Arrays.stream(contents.places).filter(place -> place < end).count();
    }
  }
}
