package io.github.primesim.benchmark.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures whole processes of {@code primesim run} in which one thing grows at a time. */
public final class Growth {
  private static final int RUNS = 3;

  private Growth() {}

  /**
   * Runs the study.
   *
   * @param arguments the launcher {@code bin/primesim}, a folder for the networks, and the folder
   *     for table and pictures
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String primesim = arguments[0];
    Path out = Files.createDirectories(Path.of(arguments[2]));
    List<Curve> curves = new ArrayList<>();
    for (Series series : Series.all(Path.of(arguments[1]))) {
      List<Cost> costs = new ArrayList<>();
      for (Point point : series.points()) {
        List<String> command = new ArrayList<>(List.of(primesim, "run", "--json"));
        command.addAll(point.options());
        costs.add(Cost.median(command, RUNS));
        System.err.println(series.name() + " " + point.size() + ": " + costs.get(costs.size() - 1));
      }
      curves.add(new Curve(series, costs));
    }
    GrowthTable table = new GrowthTable(curves);
    Files.writeString(out.resolve("growth.csv"), table.csv());
    Files.writeString(out.resolve("growth.md"), table.markdown());
    List<Curve> weights = curves.subList(0, 2);
    String cpu = "processor time in s";
    new GrowthChart("weights", cpu, weights, false, Cost::cpuSeconds)
        .write(out.resolve("weights-time.svg"));
    new GrowthChart("weights", "peak memory in MiB", weights, false, Cost::peakMib)
        .write(out.resolve("weights-memory.svg"));
    new GrowthChart(
            "times the smallest", cpu, curves.subList(2, curves.size()), true, Cost::cpuSeconds)
        .write(out.resolve("others-time.svg"));
  }
}
