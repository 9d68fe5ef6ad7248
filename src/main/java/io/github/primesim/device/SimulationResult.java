package io.github.primesim.device;

import io.github.primesim.metrics.Occupancy;
import io.github.primesim.units.Clock;
import java.util.List;

/**
 * What a simulation found out.
 *
 * <p>Where a trace has several {@code copies} of the network in an instance, they handle an image
 * each at a time, and a stage's actions and stalls are those of all copies together.
 *
 * @param clock what a cycle is
 * @param latencyCycles from the begin of the first stage to the end of the last one for an image
 *     (one for each copy) that has the memory to itself
 * @param throughput all instances and copies together: of the batch, or of an endless stream
 * @param events uses of a unit by a command per image: what a simulation of the unfolded trace that
 *     follows every command through every unit has as events. This one needs fewer.
 * @param copies images handled together by an instance
 * @param stages in the order of the trace
 * @param banks what each bank of an instance did, in their order; instances do the same
 * @param occupancy of each kind of unit, per image
 */
public record SimulationResult(
    Clock clock,
    long latencyCycles,
    Throughput throughput,
    long events,
    int copies,
    List<StageResult> stages,
    List<BankActions> banks,
    List<Occupancy> occupancy) {
  public SimulationResult {
    stages = List.copyOf(stages);
    banks = List.copyOf(banks);
    occupancy = List.copyOf(occupancy);
  }

  /** Time of one image in nanoseconds. */
  public double latencyNs() {
    return clock.nanoseconds(latencyCycles);
  }

  /** Images per second of the whole chip. */
  public double throughputPerSecond() {
    return throughput.imagesPerSecond(clock);
  }
}
