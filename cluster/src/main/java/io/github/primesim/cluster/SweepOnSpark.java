package io.github.primesim.cluster;

import io.github.primesim.config.LoadedSweep;
import io.github.primesim.config.SweepFiles;
import io.github.primesim.experiment.sweep.IsoCheck;
import io.github.primesim.experiment.sweep.Shard;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.report.SweepOutput;
import io.github.primesim.units.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code primesim sweep} with the points as tasks of Spark: the same file in, the same files out,
 * written by the driver alone. Ended by whatever, the same command goes on where it stopped.
 */
@Command(
    name = "spark-submit primesim-cluster.jar",
    description = "Simulates every point that a sweep file describes on a Spark cluster.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SweepOnSpark implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAULT = 1;
  private static final int BAD_INPUT = 2;
  private static final int DEEPEST_CAUSE = 20;

  @Parameters(paramLabel = "SWEEP.yaml", description = "The sweep file, read by the driver.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for points.csv and the documents, written by the driver.")
  private Path out;

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "Checkout of primesim, under the same path on all machines.")
  private Path home;

  @Option(
      names = "--points-per-task",
      defaultValue = "1",
      paramLabel = "K",
      description =
          "Points that are simulated and handed back together. Default: ${DEFAULT-VALUE}.")
  private int pointsPerTask;

  private SweepOnSpark() {}

  /** Entry point for {@code spark-submit}. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new SweepOnSpark());
    line.setParameterExceptionHandler(
        (problem, given) -> {
          System.err.println("primesim: " + problem.getMessage());
          return BAD_INPUT;
        });
    line.setExecutionExceptionHandler((problem, failed, parsed) -> report(problem));
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() {
    if (pointsPerTask < 1) {
      throw new InputProblem("--points-per-task '" + pointsPerTask + "': allowed: 1 or more");
    }
    if (!Files.isDirectory(home.resolve("hw-configs"))
        || !Files.isDirectory(home.resolve("networks"))) {
      throw new InputProblem(
          "--home '" + home + "' has no hw-configs and networks, allowed: a checkout of primesim");
    }
    LoadedSweep sweep = SweepFiles.read(home, file);
    SweepPlan plan = sweep.plan();
    new IsoCheck(plan.iso()).requireEqual(plan, sweep.designs());
    SweepOutput.Source source =
        new SweepOutput.Source(sweep.text(), sweep.networkDigests(), sweep.hardwareDigests());
    try (SweepOutput output = SweepOutput.open(out, plan, Shard.WHOLE, source)) {
      BitSet present = output.present();
      List<Integer> missing =
          IntStream.range(0, plan.size()).filter(index -> !present.get(index)).boxed().toList();
      if (!missing.isEmpty()) {
        SparkConf spark = new SparkConf().setAppName("primesim sweep " + plan.name());
        try (JavaSparkContext context = new JavaSparkContext(spark)) {
          SharedSweep shared = SharedSweep.of(home, file, sweep);
          PointTasks.run(context, shared, missing, pointsPerTask, output::add);
        }
      }
      output.finish();
      System.out.print(output.summary(plan.size()));
    }
    return DONE;
  }

  /** Spark wraps what happened in the driver and on other machines. */
  private static int report(Throwable problem) {
    Throwable cause = problem;
    for (int i = 0; i < DEEPEST_CAUSE && cause != null; i++) {
      if (cause instanceof InputProblem) {
        System.err.println("primesim: " + cause.getMessage());
        return BAD_INPUT;
      }
      cause = cause.getCause();
    }
    System.err.println("primesim: internal fault: " + problem);
    return FAULT;
  }
}
