package io.github.primesim.benchmark.engine;

import com.sun.management.OperatingSystemMXBean;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import io.github.primesim.device.Effort;
import io.github.primesim.device.Simulation;
import io.github.primesim.device.SimulationResult;
import io.github.primesim.lowering.Compiler;
import io.github.primesim.lowering.Progress;
import io.github.primesim.trace.Trace;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Events per second of processor time of whole simulations of a batch in which nothing is left out,
 * the laying out of programs and the collection of garbage included, the compilation of the network
 * not.
 *
 * <p>Two rates: arrivals at units where a request may have to wait, which is what the engine has as
 * events; and events of the unfolded trace, uses of units by commands, which count the replicas and
 * the units that make nobody wait, as results do.
 */
public final class EngineRate {
  private static final int IMAGES = 1000;
  private static final int WARM_UP = 3;

  private EngineRate() {}

  /** Arguments: the installation, a network, how many runs the median is of. */
  public static void main(String[] arguments) {
    DesignFiles.Choices choices =
        new DesignFiles.Choices(
            arguments[1],
            "prime-45nm",
            "block-compact",
            Optional.empty(),
            "pairs",
            "layer",
            Integer.toString(IMAGES),
            "1",
            List.of(),
            List.of(),
            List.of(),
            false);
    LoadedDesign design = DesignFiles.load(Path.of(arguments[0]), choices);
    Trace trace = Compiler.compile(design.request(), Progress.SILENT).trace();
    int runs = Integer.parseInt(arguments[2]);
    double[] arrivals = new double[runs];
    double[] events = new double[runs];
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int run = -WARM_UP; run < runs; run++) {
      Effort effort = new Effort();
      long before = system.getProcessCpuTime();
      SimulationResult result = Simulation.run(trace, design.request().hardware(), false, effort);
      double microseconds = (system.getProcessCpuTime() - before) / 1e3;
      if (run >= 0) {
        arrivals[run] = effort.arrivals() / microseconds;
        events[run] = (double) result.events() * IMAGES / microseconds;
      }
    }
    Arrays.sort(arrivals);
    Arrays.sort(events);
    System.out.printf(
        Locale.ROOT,
        "%s, %d images, nothing left out: million per CPU second: %.1f arrivals that may wait, %.1f"
            + " events of the unfolded trace%n",
        arguments[1],
        IMAGES,
        arrivals[runs / 2],
        events[runs / 2]);
  }
}
