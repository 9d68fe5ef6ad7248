package io.github.primesim.experiment;

import java.util.List;

/**
 * What a mapping made of a network.
 *
 * @param layers layers with weights in the order of execution
 * @param total all of them together
 */
public record MappingReport(List<MappedLayerReport> layers, MappedLayerReport total) {
  public MappingReport {
    layers = List.copyOf(layers);
  }
}
