package io.github.primesim.cli;

import io.github.primesim.config.LoadedTrace;
import io.github.primesim.config.TraceFiles;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.report.BreakdownText;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.ResultText;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code primesim replay}: simulates a saved trace. */
@Command(
    name = "replay",
    description =
        "Simulates a saved trace. On the hardware it was compiled for it gives the result of the"
            + " run that wrote it, byte by byte.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim replay mlp-s.trace",
      "  primesim replay results/result.trace --hardware results/hardware.yaml --json",
      "  primesim replay traces/shared-port.trace --timeline shared-port.json",
    })
final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "F.trace", arity = "1", description = "The trace.")
  private Path trace;

  @Option(
      names = "--hardware",
      paramLabel = "H",
      completionCandidates = Candidates.Memories.class,
      description =
          "Bundled name or YAML file. Default: what the trace was compiled for, with the keys that"
              + " were set then.")
  private Optional<String> hardware;

  @Mixin private BreakdownOption breakdown;
  @Mixin private FastForwardOption forward;

  @Mixin private TimelineOption timeline;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes result.json, result.trace, energy.csv and hardware.yaml there; with a breakdown"
              + " also breakdown.csv.")
  private Optional<Path> out;

  @Option(names = "--json", description = "Prints the result document and nothing else.")
  private boolean json;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    breakdown.views();
    timeline.check();
    forward.choice();
    try (Output output = new Output(out)) {
      if (!isBesideTheTrace()) {
        output.replacingAll();
      }
      LoadedTrace loaded = TraceFiles.load(terminal.installation(), trace, hardware);
      Run run = replay(loaded);
      String document =
          json || output.writes() ? ResultDocument.of(run.result(), breakdown.views()) : "";
      output.add("", run, document).add(loaded.hardware());
      breakdown.addTo(output, List.of(run.result()));
      String recorded =
          timeline.write(
              terminal,
              output,
              run.result().compiled(),
              (execution, window, events) ->
                  run.record(loaded.hardware().spec(), execution, window, events));
      output.publish();
      terminal.print(json ? document : text(run.result()) + recorded);
    }
    return Primesim.DONE;
  }

  /** What the run that wrote the trace left beside it belongs to the trace. */
  private boolean isBesideTheTrace() {
    Path folder = trace.toAbsolutePath().normalize().getParent();
    return out.isPresent() && out.get().toAbsolutePath().normalize().equals(folder);
  }

  private String text(RunResult result) {
    return breakdown.views().isEmpty()
        ? new ResultText(terminal.unicode()).of(result)
        : new BreakdownText(terminal.unicode()).of(result, breakdown.views());
  }

  private Run replay(LoadedTrace loaded) {
    try (LineProgress progress = new LineProgress(terminal, "replay")) {
      if (terminal.interactive()) {
        // Counting the commands of a large trace takes a while, which nobody else should wait for.
        progress.work(
            String.format(Locale.ROOT, "simulating %,d commands an image", loaded.commands()));
      }
      return Run.of(
          loaded.trace(), loaded.hardware().spec(), forward.choice(), progress::imageEnds);
    } catch (InputProblem e) {
      // What the memory cannot execute is known by stage and program only.
      throw new InputProblem(trace + ": " + e.getMessage(), e);
    }
  }
}
