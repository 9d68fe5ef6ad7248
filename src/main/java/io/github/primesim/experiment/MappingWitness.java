package io.github.primesim.experiment;

import io.github.primesim.device.Simulation;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.Compilation;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.LayerReport;
import io.github.primesim.lowering.MappingObserver;
import io.github.primesim.mapping.CrossbarUtilization;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Metadata;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Watches the mapping of each layer and writes down what a report needs of it. */
final class MappingWitness implements MappingObserver {
  private final CompileRequest request;
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private long since = System.nanoTime();

  /** What was seen of a layer so far; a grouped convolution is seen several times. */
  private record Seen(
      long cellBound, CrossbarUtilization utilization, Metadata metadata, long nanoseconds) {
    Seen plus(Seen other) {
      return new Seen(
          cellBound + other.cellBound,
          utilization.plus(other.utilization),
          metadata.plus(other.metadata),
          nanoseconds + other.nanoseconds);
    }

    MappedLayerReport report(
        String name,
        IndexMemory indexes,
        String inputs,
        String reason,
        long conversions,
        long wordlineDrives) {
      return new MappedLayerReport(
          name,
          cellBound,
          CrossbarFill.of(utilization),
          indexes,
          inputs,
          reason,
          conversions,
          wordlineDrives,
          nanoseconds);
    }
  }

  MappingWitness(CompileRequest request) {
    this.request = request;
  }

  @Override
  public void mapped(Layer layer, int matrix, IntegerMatrix weights, LayerMapping mapping) {
    long spent = System.nanoTime() - since;
    int cellBits = request.hardware().quantization().cellBits().count();
    seen.merge(
        layer.name(),
        new Seen(
            mapping.cellBoundArrays(),
            CrossbarUtilization.of(mapping, weights, cellBits),
            mapping.metadata(),
            spent),
        Seen::plus);
    since = System.nanoTime();
  }

  /** What was seen, beside what the trace counts. */
  MappingReport report(Compilation compilation) {
    Map<String, Counts<Action>> actions = actions(compilation);
    Seen allSeen = nothing();
    IndexMemory allIndexes = IndexMemory.NONE;
    long allConversions = 0;
    long allDrives = 0;
    double copies = compilation.trace().header().copies();
    List<MappedLayerReport> layers = new ArrayList<>();
    for (LayerReport layer : compilation.layers()) {
      Seen of = seen.getOrDefault(layer.layer(), nothing());
      IndexMemory indexes = IndexMemory.of(of.metadata(), layer.inputs());
      Counts<Action> counts = actions.get(layer.layer());
      // Copies of a whole network work side by side: what the trace does at once is so many
      // inferences.
      long conversions = Math.round(conversions(counts) / copies);
      long drives = Math.round(counts.get(Action.WORDLINE_DRIVES) / copies);
      layers.add(
          of.report(
              layer.layer(),
              indexes,
              layer.inputs().key(),
              layer.inputs().reason(),
              conversions,
              drives));
      allSeen = allSeen.plus(of);
      allIndexes = allIndexes.plus(indexes);
      allConversions += conversions;
      allDrives += drives;
    }
    return new MappingReport(
        layers, allSeen.report("total", allIndexes, "", "", allConversions, allDrives));
  }

  private Seen nothing() {
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    return new Seen(0, CrossbarUtilization.none(geometry), Metadata.NONE, 0);
  }

  private Map<String, Counts<Action>> actions(Compilation compilation) {
    Map<String, Counts<Action>> actions = new LinkedHashMap<>();
    List<Counts<Action>> stages = Simulation.actions(compilation.trace(), request.hardware());
    for (int stage = 0; stage < stages.size(); stage++) {
      actions.merge(
          compilation.trace().stages().get(stage).layer(), stages.get(stage), Counts::plus);
    }
    return actions;
  }

  private static long conversions(Counts<Action> counts) {
    long sum = 0;
    for (int bits = 1; bits <= Action.MOST_CONVERSION_BITS; bits++) {
      sum += counts.get(Action.conversion(bits));
    }
    return sum;
  }
}
