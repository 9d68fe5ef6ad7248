package io.github.primesim.cluster;

import io.github.primesim.config.LoadedSweep;
import io.github.primesim.config.SweepFiles;
import io.github.primesim.experiment.sweep.PointResult;
import io.github.primesim.experiment.sweep.PointSimulation;
import io.github.primesim.report.SweepEntry;
import io.github.primesim.units.InputProblem;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A sweep as it travels to the machines of a cluster. Each of them reads the networks and hardware
 * files itself, once, and makes sure that they are those the driver has read.
 *
 * @param installation folder that holds {@code hw-configs/} and {@code networks/}, the same
 *     everywhere
 * @param name what the sweep file is called in refusals
 * @param text the sweep file
 * @param digests of everything the driver has read
 */
record SharedSweep(String installation, String name, String text, Map<String, String> digests)
    implements Serializable {
  private static final Map<SharedSweep, Simulator> HERE = new ConcurrentHashMap<>();

  /** The sweep made ready on one machine; all its tasks there share it. */
  private record Simulator(
      LoadedSweep sweep, PointSimulation simulation, Function<PointResult, SweepEntry> entries) {
    static Simulator of(SharedSweep shared) {
      LoadedSweep sweep = shared.load();
      return new Simulator(
          sweep, new PointSimulation(sweep.designs()), SweepEntry.of(sweep.plan()));
    }
  }

  static SharedSweep of(Path installation, Path file, LoadedSweep sweep) {
    return new SharedSweep(
        installation.toAbsolutePath().toString(), file.toString(), sweep.text(), digests(sweep));
  }

  /** Simulates a point. */
  SweepEntry simulate(int index) {
    Simulator here = HERE.computeIfAbsent(this, Simulator::of);
    return here.entries().apply(here.simulation().of(here.sweep().plan().point(index)));
  }

  private LoadedSweep load() {
    LoadedSweep sweep = SweepFiles.parse(Path.of(installation), name, text);
    digests.forEach(
        (name, digest) -> {
          if (!digest.equals(digests(sweep).get(name))) {
            throw new InputProblem(
                installation
                    + ": "
                    + name
                    + " is another one than that of the driver, allowed: the same files on all"
                    + " machines");
          }
        });
    return sweep;
  }

  private static Map<String, String> digests(LoadedSweep sweep) {
    Map<String, String> digests = new LinkedHashMap<>();
    sweep.networkDigests().forEach((name, digest) -> digests.put("network '" + name + "'", digest));
    sweep
        .hardwareDigests()
        .forEach((name, digest) -> digests.put("hardware '" + name + "'", digest));
    return digests;
  }
}
