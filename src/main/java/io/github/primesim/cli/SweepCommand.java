package io.github.primesim.cli;

import io.github.primesim.config.LoadedSweep;
import io.github.primesim.config.SweepFiles;
import io.github.primesim.experiment.sweep.IsoCheck;
import io.github.primesim.experiment.sweep.PointResult;
import io.github.primesim.experiment.sweep.PointSimulation;
import io.github.primesim.experiment.sweep.Shard;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.experiment.sweep.SweepRunner;
import io.github.primesim.report.SweepEntry;
import io.github.primesim.report.SweepOutput;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code primesim sweep}: many designs of one file, on all cores, to one table. */
@Command(
    name = "sweep",
    description = {
      "Simulates every point that a sweep file describes, on all cores; docs/sweep.md has the"
          + " format.",
      "Ended by whatever, the same command goes on where it stopped.",
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim sweep sizes.yaml --dry-run                what would be simulated",
      "  primesim sweep sizes.yaml --out results/sizes      simulates, or goes on",
      "  primesim sweep sizes.yaml --out results/sizes --shard 2/8",
      "  primesim report results/sizes                      lines and Pareto fronts, shards"
          + " together",
    })
final class SweepCommand implements Callable<Integer> {
  private static final Pattern SHARD = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,5})");

  private final Terminal terminal;

  @Parameters(paramLabel = "SWEEP.yaml", description = "The sweep file.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for points.csv and a document for each point.")
  private Optional<Path> out;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description = "Simulations at the same time; they change no result. Default: one a core.")
  private Optional<String> jobs;

  @Option(
      names = "--shard",
      paramLabel = "i/n",
      description =
          "Simulates part i of n, for machines that work side by side, into DIR/shard-i-of-n;"
              + " 'primesim report DIR' puts them together.")
  private Optional<String> shard;

  @Option(
      names = "--dry-run",
      description = "Prints the points as CSV, after all checks, and writes nothing.")
  private boolean dryRun;

  SweepCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (out.isEmpty() && !dryRun) {
      throw new InputProblem("--out is missing, allowed: a folder for the results, or --dry-run");
    }
    int threads = Jobs.of(jobs);
    Shard part = shard.map(SweepCommand::shard).orElse(Shard.WHOLE);
    LoadedSweep sweep = SweepFiles.read(terminal.installation(), file);
    sweep.left().forEach(line -> terminal.err().println("primesim: left to the host: " + line));
    SweepPlan plan = sweep.plan();
    new IsoCheck(plan.iso()).requireEqual(plan, sweep.designs());
    if (dryRun) {
      dryRun(sweep, part, threads);
      return Primesim.DONE;
    }
    SweepOutput.Source source =
        new SweepOutput.Source(sweep.text(), sweep.networkDigests(), sweep.hardwareDigests());
    try (SweepOutput output = SweepOutput.open(out.orElseThrow(), plan, part, source)) {
      simulate(sweep, part, output, threads);
      output.finish();
      terminal.print(output.summary((int) owned(plan, part).count()));
      return Primesim.DONE;
    }
  }

  private void simulate(LoadedSweep sweep, Shard part, SweepOutput output, int threads) {
    SweepPlan plan = sweep.plan();
    BitSet missing = new BitSet();
    owned(plan, part).forEach(missing::set);
    int total = missing.cardinality();
    missing.andNot(output.present());
    SweepRunner runner = new SweepRunner(plan, new PointSimulation(sweep.designs()), threads);
    Function<PointResult, SweepEntry> entries = SweepEntry.of(plan);
    if (terminal.interactive() && !missing.isEmpty()) {
      estimate(missing, runner, entries, output::add);
      missing.andNot(output.present());
    }
    int[] done = {total - missing.cardinality()};
    try (LineProgress progress = new LineProgress(terminal, "sweep", done[0])) {
      runner.run(
          missing.stream(),
          entries,
          entry -> {
            output.add(entry);
            done[0]++;
            progress.step(output.failed() + " failed", done[0], total);
          });
    }
  }

  /** On a terminal a dry run says how long it would take, which a few points have to tell. */
  private void dryRun(LoadedSweep sweep, Shard part, int threads) {
    SweepPlan plan = sweep.plan();
    terminal.print(SweepOutput.plannedHead(plan));
    SweepOutput.planned(plan, owned(plan, part)).forEach(terminal::print);
    BitSet points = new BitSet();
    owned(plan, part).forEach(points::set);
    if (terminal.interactive() && !points.isEmpty()) {
      SweepRunner runner = new SweepRunner(plan, new PointSimulation(sweep.designs()), threads);
      estimate(points, runner, result -> result, result -> {});
    }
  }

  /** Simulates a few points and says how long the others are going to take. */
  private <T> void estimate(
      BitSet points, SweepRunner runner, Function<PointResult, T> prepare, Consumer<T> take) {
    SweepEstimate estimate = new SweepEstimate(points);
    Consumer<T> timed =
        result -> {
          take.accept(result);
          estimate.done();
        };
    try (LineProgress progress = new LineProgress(terminal, "sweep")) {
      progress.work("estimating how long it takes");
      runner.run(estimate.scattered(), prepare, timed);
      runner.run(estimate.following(), prepare, timed);
    }
    terminal.err().println("primesim: " + estimate.text());
  }

  private static IntStream owned(SweepPlan plan, Shard part) {
    return IntStream.range(0, plan.size()).filter(part::owns);
  }

  private static Shard shard(String text) {
    Matcher matcher = SHARD.matcher(text);
    if (matcher.matches()
        && Integer.parseInt(matcher.group(1)) <= Integer.parseInt(matcher.group(2))) {
      return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
    throw new InputProblem("--shard '" + text + "': allowed: i/n with i from 1 to n, such as 2/8");
  }
}
