package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.LayerTime;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Level;
import io.github.primesim.metrics.Stall;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What one design came to.
 *
 * @param title the paper's name of the network
 * @param subject name of ours before any treatment
 * @param network name of ours that was measured
 * @param weights trained, synthetic or imported
 * @param treatment what was done to the weights
 * @param sparsity share of the weights that are zero on the crossbars
 * @param scheme mapping scheme
 * @param size wordlines and bitlines of a crossbar
 * @param crossbars arrays before replication
 * @param arrayOperations arrays times the input vectors of their layer, over all layers
 * @param energyPj energy per inference
 * @param matPj what of it the arrays and mats take, which fewer arrays spare
 * @param movedPj what of it moved columns and rows cost: reorder buffer, input gather, their index
 *     memories
 * @param latencyNs time of one inference alone
 * @param throughputPerSecond inferences per second of the chip
 * @param slowest layer whose stage takes longest by itself
 * @param slowestShare its time over the interval between inferences: 1 where it sets the pace, less
 *     where something shared does
 * @param waitsFor what commands waited for most with other inferences under way, empty if for
 *     nothing
 */
public record Measurement(
    String title,
    String subject,
    String network,
    String weights,
    Treatment treatment,
    double sparsity,
    String scheme,
    int size,
    long crossbars,
    long arrayOperations,
    double energyPj,
    double matPj,
    double movedPj,
    double latencyNs,
    double throughputPerSecond,
    String slowest,
    double slowestShare,
    String waitsFor) {
  /** What is waited for because something is shared, not because others are slower. */
  private static final Set<Stall> SHARED =
      EnumSet.complementOf(EnumSet.of(Stall.PRODUCER, Stall.CONSUMER, Stall.SENSE_AMPLIFIER));

  static Measurement of(Case measured, RunResult result) {
    CompiledNetwork compiled = result.compiled();
    long weights = 0;
    long nonZeros = 0;
    long operations = 0;
    for (CompiledLayer layer : compiled.layers()) {
      weights += (long) layer.rows() * layer.columns();
      nonZeros += layer.nonZeros();
      operations += layer.crossbars().mapped() * layer.positions();
    }
    int slowest = slowest(result);
    Map<String, Double> components = result.energyPj().byComponent();
    Map<String, Double> levels = result.energyPj().byLevel();
    return new Measurement(
        measured.subject().title(),
        measured.subject().network(),
        compiled.network(),
        compiled.weights(),
        measured.treatment(),
        1 - (double) nonZeros / weights,
        measured.scheme(),
        measured.size(),
        compiled.crossbars().mapped(),
        operations,
        result.energyPj().total(),
        levels.getOrDefault(Level.ARRAY.key(), 0.0) + levels.getOrDefault(Level.MAT.key(), 0.0),
        components.getOrDefault(Component.REORDER_BUFFER.key(), 0.0)
            + components.getOrDefault(Component.INPUT_GATHER.key(), 0.0),
        result.latencyNs(),
        result.throughputPerSecond(),
        compiled.layers().get(slowest).name(),
        result.layerTimes().get(slowest).cycles()
            / (result.intervalCycles() * compiled.instances() * compiled.copies()),
        waitsFor(result));
  }

  private static int slowest(RunResult result) {
    int slowest = 0;
    for (int i = 1; i < result.layerTimes().size(); i++) {
      LayerTime time = result.layerTimes().get(i);
      slowest = time.cycles() > result.layerTimes().get(slowest).cycles() ? i : slowest;
    }
    return slowest;
  }

  private static String waitsFor(RunResult result) {
    Map<String, Long> waits = result.pipelinedStallCycles();
    String most = "";
    for (Stall stall : SHARED) {
      if (waits.getOrDefault(stall.key(), 0L) > waits.getOrDefault(most, 0L)) {
        most = stall.key();
      }
    }
    return most;
  }
}
