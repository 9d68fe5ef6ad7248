package io.github.primesim.experiment;

import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a network before it is simulated: no time, no energy.
 *
 * @param network name of the network
 * @param weights origin of the weights: trained, synthetic or imported
 * @param hardware name of the hardware
 * @param mapping name of the scheme
 * @param crossbar wordlines and bitlines of a crossbar, such as {@code 32x32}
 * @param signs pairs or independent
 * @param replication none, network or layer
 * @param batch images of the batch, 0 for the steady state of an endless one
 * @param instances independent copies of the network, each on banks of its own
 * @param copies copies that work side by side within an instance
 * @param banks banks in use
 * @param utilization how much of the arrays and of the FF subarrays is in use
 * @param layers layers in the order of execution
 * @param indexMemoryBits index memory of all replicas together
 * @param activityImages images on which the activity of the inputs was measured, 0 for a mean
 * @param provenance what it was made from
 */
public record CompiledNetwork(
    String network,
    String weights,
    String hardware,
    String mapping,
    String crossbar,
    String signs,
    String replication,
    int batch,
    int instances,
    int copies,
    int banks,
    Utilization utilization,
    List<CompiledLayer> layers,
    long indexMemoryBits,
    int activityImages,
    Provenance provenance) {
  public CompiledNetwork {
    layers = List.copyOf(layers);
  }

  /** What {@code trace} carries of the network it was compiled from. */
  public static CompiledNetwork of(Trace trace) {
    TraceHeader header = trace.header();
    return new CompiledNetwork(
        header.network(),
        header.weights(),
        header.hardware(),
        header.mapping(),
        header.crossbarRows() + "x" + header.crossbarBitlines(),
        header.signs(),
        header.replication(),
        header.batch(),
        header.instances(),
        header.copies(),
        header.instances() * header.banksPerInstance(),
        new Utilization(header.cellUtilization(), header.ffBefore(), header.ffAfter()),
        layers(trace),
        header.indexMemoryBits(),
        header.activityImages(),
        new Provenance(
            Version.current(),
            header.hardwareDigest(),
            header.networkDigest(),
            header.seed(),
            header.overrides()));
  }

  /** Arrays of all layers. */
  public CrossbarCount crossbars() {
    return layers.stream()
        .map(CompiledLayer::crossbars)
        .reduce(new CrossbarCount(0, 0, 0), CrossbarCount::plus);
  }

  /** Multiply-accumulate operations of the dense network per inference. */
  public long macs() {
    return layers.stream().mapToLong(CompiledLayer::macs).sum();
  }

  /** Index memory of one copy of the network. */
  public long metadataBits() {
    return layers.stream().mapToLong(CompiledLayer::metadataBits).sum();
  }

  /** One stage of a layer carries its facts; those of its other stages are zero. */
  private static List<CompiledLayer> layers(Trace trace) {
    Map<String, CompiledLayer> layers = new LinkedHashMap<>();
    for (Stage stage : trace.stages()) {
      layers.merge(
          stage.layer(), CompiledLayer.of(stage.layer(), stage.facts()), CompiledLayer::plus);
    }
    return List.copyOf(layers.values());
  }
}
