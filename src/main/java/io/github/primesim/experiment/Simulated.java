package io.github.primesim.experiment;

import io.github.primesim.device.ImageProgress;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.trace.Trace;
import io.github.primesim.units.InputProblem;

/**
 * A trace that was simulated and has no price yet: cycles and counts, which energies, leakages and
 * areas do not change.
 *
 * @param trace what was simulated
 * @param result what the memory did
 */
public record Simulated(Trace trace, SimulationResult result) {
  /**
   * Simulates a trace, to the same result whatever is done about repetitions.
   *
   * @throws InputProblem if the memory cannot execute the trace, or the trace takes no time
   */
  public static Simulated of(Trace trace, HardwareSpec hardware, FastForwarding forwarding) {
    return of(trace, hardware, forwarding, ImageProgress.SILENT);
  }

  /**
   * The same, watched.
   *
   * @param progress is told how far it has come
   * @throws InputProblem if the memory cannot execute the trace, or the trace takes no time
   */
  public static Simulated of(
      Trace trace, HardwareSpec hardware, FastForwarding forwarding, ImageProgress progress) {
    SimulationResult result = forwarding.simulate(trace, hardware, progress);
    if (result.latencyCycles() == 0 || result.throughput().cycles() == 0) {
      throw new InputProblem(
          "network '"
              + trace.header().network()
              + "': its trace takes no time, allowed: 1 cycle up");
    }
    return new Simulated(trace, result);
  }

  /**
   * The result at the prices of {@code hardware}, which in organisation, quantisation and timing is
   * the memory of the simulation.
   */
  public RunResult priced(HardwareSpec hardware) {
    return Replay.price(this, hardware);
  }
}
