package io.github.primesim.benchmark.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a process took, Java's start included.
 *
 * @param cpuSeconds processor time, of the user and of the system
 * @param wallSeconds from start to end
 * @param peakMib most memory resident at a time
 */
record Cost(double cpuSeconds, double wallSeconds, double peakMib) {
  private static final double KIB_PER_MIB = 1024;

  /** Processes of this many seconds are run once: start-up no longer shows in them. */
  private static final double LONG_SECONDS = 20;

  /** The run of median processor time, of {@code runs}. */
  static Cost median(List<String> command, int runs) throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    do {
      costs.add(once(command));
    } while (costs.size() < runs && costs.get(0).cpuSeconds < LONG_SECONDS);
    costs.sort(Comparator.comparingDouble(Cost::cpuSeconds));
    return costs.get(costs.size() / 2);
  }

  private static Cost once(List<String> command) throws IOException, InterruptedException {
    Path measured = Files.createTempFile("growth", ".time");
    Path errors = Files.createTempFile("growth", ".err");
    try {
      List<String> timed =
          new ArrayList<>(List.of("/usr/bin/time", "-f", "%U %S %e %M", "-o", measured.toString()));
      timed.addAll(command);
      int exit =
          new ProcessBuilder(timed)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + exit + ": " + Files.readString(errors));
      }
      double[] figures =
          Arrays.stream(Files.readString(measured).strip().split(" "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      return new Cost(figures[0] + figures[1], figures[2], figures[3] / KIB_PER_MIB);
    } finally {
      Files.delete(measured);
      Files.delete(errors);
    }
  }
}
