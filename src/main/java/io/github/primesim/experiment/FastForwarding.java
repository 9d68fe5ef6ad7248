package io.github.primesim.experiment;

import io.github.primesim.device.ImageProgress;
import io.github.primesim.device.Simulation;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.device.StageResult;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.trace.Trace;

/** What a simulation does when its state is one it has had before. It changes no result. */
public enum FastForwarding {
  /** Leaves out as many repetitions as fit. */
  ON {
    @Override
    SimulationResult simulate(Trace trace, HardwareSpec spec, ImageProgress progress) {
      return Simulation.run(trace, spec, true, progress);
    }
  },
  /** Simulates every iteration of every loop and every image. */
  OFF {
    @Override
    SimulationResult simulate(Trace trace, HardwareSpec spec, ImageProgress progress) {
      return Simulation.run(trace, spec, false, progress);
    }
  },
  /** Does the one and the other and compares all they have found out. */
  VERIFIED {
    @Override
    SimulationResult simulate(Trace trace, HardwareSpec spec, ImageProgress progress) {
      SimulationResult folded = ON.simulate(trace, spec, progress);
      requireSame(folded, OFF.simulate(trace, spec, progress));
      return folded;
    }
  };

  /**
   * Simulates a trace.
   *
   * @param progress is told how far it has come
   * @throws io.github.primesim.units.InputProblem if the memory cannot execute it
   * @throws IllegalStateException if the two ways to do it differ, a fault of the program
   */
  abstract SimulationResult simulate(Trace trace, HardwareSpec spec, ImageProgress progress);

  /**
   * Two simulations of a trace have found out the same.
   *
   * @throws IllegalStateException if not, with the first thing that differs
   */
  static void requireSame(SimulationResult folded, SimulationResult unfolded) {
    if (folded.equals(unfolded)) {
      return;
    }
    for (int stage = 0; stage < folded.stages().size(); stage++) {
      StageResult one = folded.stages().get(stage);
      StageResult other = unfolded.stages().get(stage);
      if (!one.equals(other)) {
        throw differ("stage " + stage, one, other);
      }
    }
    if (folded.latencyCycles() != unfolded.latencyCycles()) {
      throw differ("latency", folded.latencyCycles(), unfolded.latencyCycles());
    }
    if (!folded.throughput().equals(unfolded.throughput())) {
      throw differ("throughput", folded.throughput(), unfolded.throughput());
    }
    throw differ("result", folded, unfolded);
  }

  private static IllegalStateException differ(String what, Object folded, Object unfolded) {
    return new IllegalStateException(
        "fast-forward changes the " + what + ": " + folded + ", without it " + unfolded);
  }
}
