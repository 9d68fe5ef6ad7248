package io.github.primesim.training.pruning;

import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * In each weight matrix the weights of largest magnitude stay.
 *
 * <p>Some matrices have a density of their own; the others share what is left of the overall
 * sparsity at one common density. The number of weights that stay is exactly {@code round((1 -
 * sparsity) * weights)} over the whole network. Of equal magnitudes the one stored first stays.
 *
 * <p>Source: Han et al., Learning both Weights and Connections for Efficient Neural Networks, 3.
 */
public final class MagnitudePruning implements PruningScheme {
  private final double sparsity;
  private final SortedMap<String, Double> densities;

  /**
   * @param sparsity fraction of all weights that become zero, biases not counted
   * @param densities fraction of weights that stay, by name of the weight matrix
   */
  public MagnitudePruning(double sparsity, Map<String, Double> densities) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException("sparsity " + sparsity);
    }
    this.sparsity = sparsity;
    this.densities = Collections.unmodifiableSortedMap(new TreeMap<>(densities));
  }

  @Override
  public Masks masks(Map<String, Tensor> parameters) {
    Map<String, Integer> kept = kept(parameters);
    Map<String, Tensor> masks = new LinkedHashMap<>();
    kept.forEach(
        (parameter, count) -> masks.put(parameter, largest(parameters.get(parameter), count)));
    return new Masks(masks);
  }

  /** How many weights of each matrix stay. */
  private Map<String, Integer> kept(Map<String, Tensor> parameters) {
    long total = 0;
    long open = 0;
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      if (Topology.isWeight(parameter.getKey())) {
        total += parameter.getValue().size();
        open += densities.containsKey(parameter.getKey()) ? 0 : parameter.getValue().size();
      }
    }
    long budget = Math.round((1 - sparsity) * total);
    Map<String, Integer> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      if (Topology.isWeight(parameter.getKey())) {
        Double density = densities.get(parameter.getKey());
        int count = density == null ? 0 : (int) Math.round(density * parameter.getValue().size());
        kept.put(parameter.getKey(), count);
        budget -= count;
      }
    }
    if (budget < 0 || budget > open) {
      throw new IllegalArgumentException(
          describe() + " leaves " + budget + " weights for matrices of " + open);
    }
    // Handing out the rest in proportion to what is still open spends it to the last weight.
    for (Map.Entry<String, Integer> entry : kept.entrySet()) {
      if (!densities.containsKey(entry.getKey())) {
        int size = parameters.get(entry.getKey()).size();
        int share = (int) Math.round((double) budget * size / open);
        entry.setValue(share);
        budget -= share;
        open -= size;
      }
    }
    return kept;
  }

  private static Tensor largest(Tensor weights, int count) {
    Tensor mask = Tensor.zeros(weights.shape());
    float[] values = weights.values();
    IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Float.compare(Math.abs(values[b]), Math.abs(values[a])))
        .limit(count)
        .forEach(index -> mask.values()[index] = 1f);
    return mask;
  }

  @Override
  public String describe() {
    return "magnitude, sparsity " + sparsity + " overall, densities " + densities;
  }
}
