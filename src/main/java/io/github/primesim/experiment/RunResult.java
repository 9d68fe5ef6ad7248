package io.github.primesim.experiment;

import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Stall;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One network on one memory: cycles, energy, area, utilisation.
 *
 * @param compiled what was simulated
 * @param cycles latency of one inference
 * @param latencyNs the same in nanoseconds
 * @param intervalCycles mean cycles between two inferences of the whole chip, of the batch or of an
 *     endless stream
 * @param throughputExact whether the stream showed a period or the batch was simulated as a whole;
 *     otherwise throughput is what its first images tell
 * @param throughputPerSecond inferences per second of the whole chip
 * @param events events of the unfolded trace
 * @param layerTimes time of each layer of {@code compiled}, in the same order
 * @param energyPj energy per inference
 * @param areaUm2 area of the chip
 * @param programming what writing the weights takes, once and beside the energy of inferences
 * @param activity what real inputs did, where their activity was measured; a trace does not tell
 */
public record RunResult(
    CompiledNetwork compiled,
    long cycles,
    double latencyNs,
    double intervalCycles,
    boolean throughputExact,
    double throughputPerSecond,
    long events,
    List<LayerTime> layerTimes,
    EnergyBreakdown energyPj,
    AreaBreakdown areaUm2,
    Programming programming,
    Optional<ActivityResult> activity) {
  private static final double OPERATIONS_PER_TERA = 1e12;
  private static final double PICOJOULES_PER_JOULE = 1e12;
  private static final double UM2_PER_MM2 = 1e6;

  public RunResult {
    layerTimes = List.copyOf(layerTimes);
    if (layerTimes.size() != compiled.layers().size()) {
      throw new IllegalArgumentException(
          layerTimes.size() + " times for " + compiled.layers().size() + " layers");
    }
  }

  /** The same with what its inputs did. */
  RunResult with(ActivityResult measured) {
    return new RunResult(
        compiled,
        cycles,
        latencyNs,
        intervalCycles,
        throughputExact,
        throughputPerSecond,
        events,
        layerTimes,
        energyPj,
        areaUm2,
        programming,
        Optional.of(measured));
  }

  /** Names of all components that energy and area can fall to, those without any included. */
  public static List<String> components() {
    return Arrays.stream(Component.values()).map(Component::key).toList();
  }

  /** Names of all causes to wait for. */
  public static List<String> stallCauses() {
    return Arrays.stream(Stall.values()).map(Stall::key).toList();
  }

  /** Cycles all layers waited, by cause. */
  public Map<String, Long> stallCycles() {
    return sum(LayerTime::stallCycles);
  }

  /** Cycles all layers waited with other inferences under way, by cause. */
  public Map<String, Long> pipelinedStallCycles() {
    return sum(LayerTime::pipelinedStallCycles);
  }

  private Map<String, Long> sum(Function<LayerTime, Map<String, Long>> kind) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (LayerTime time : layerTimes) {
      kind.apply(time).forEach((cause, cycles) -> sums.merge(cause, cycles, Long::sum));
    }
    return sums;
  }

  /** Energy of one multiply-accumulate operation of the dense network; 0 where it has none. */
  public double pjPerMac() {
    return compiled.macs() == 0 ? 0 : energyPj.total() / compiled.macs();
  }

  /** Operations of the dense network, two a multiply-accumulate, per picojoule; 0 likewise. */
  public double topsPerWatt() {
    return pjPerMac() == 0 ? 0 : 2 / pjPerMac();
  }

  /** Operations of the dense network per second, in tera-operations, at the chip's throughput. */
  public double tops() {
    return 2 * compiled.macs() * throughputPerSecond / OPERATIONS_PER_TERA;
  }

  /** The same per square millimetre of everything but the memory subarrays. */
  public double topsPerMm2() {
    return tops() / computeMm2();
  }

  /** Mean power at the chip's throughput, in watts. */
  public double watts() {
    return energyPj.total() / PICOJOULES_PER_JOULE * throughputPerSecond;
  }

  /** The same per square millimetre of everything but the memory subarrays. */
  public double wattsPerMm2() {
    return watts() / computeMm2();
  }

  /** Area of everything but the memory subarrays, in square millimetres. */
  public double computeMm2() {
    return areaUm2.compute() / UM2_PER_MM2;
  }
}
