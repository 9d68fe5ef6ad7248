package io.github.primesim.cli;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.CrossbarMaps;
import io.github.primesim.experiment.HardwareFacts;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.report.BreakdownText;
import io.github.primesim.report.CrossbarDocument;
import io.github.primesim.report.HardwareText;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.ResultText;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code primesim run}: from network file to cycles, energy, area and utilisation. */
@Command(
    name = "run",
    description = {
      "Compiles and simulates a network.",
      "Without --network: lenet5-mnist compared with the dense mapping, with undivided and with"
          + " 32x32 crossbars."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim run",
      "  primesim run --network vgg16-imagenet --crossbar 32x32 --compare dense",
      "  primesim run --network mlp-s --set timing.saBitNs=4.9 --out results/mlp-s",
      "  primesim run --network vgg-d --breakdown level,bank",
      "  primesim run --network lenet5-mnist --activity data --images 1000",
      "  primesim run --network mlp-s --timeline mlp-s.json --to-cycle 2000",
      "  primesim run --hardware prime-45nm --explain-hardware",
    })
final class RunCommand implements Callable<Integer> {
  private static final String UNDIVIDED = "256x256";
  private static final String DIVIDED = "32x32";
  private static final String DENSE = "dense";
  private static final String SIMULATING = "placing and simulating";
  private static final String WHY_NO_GAIN =
      "At 256 rows and a density of 8 % hardly a column of a row block is empty, so no array can be"
          + " left out and no\n"
          + "gain is to be expected. At 32 rows more columns are empty:\n\n";

  /** All that {@code --explain-hardware} reads. */
  private static final List<String> EXPLAINED =
      List.of("--hardware", "--crossbar", "--signs", "--set", "--json");

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private DesignOptions design;

  @Option(
      names = "--compare",
      paramLabel = "M",
      completionCandidates = Candidates.Schemes.class,
      description = "Simulates this mapping too and shows what is gained over it.")
  private Optional<String> compare;

  @Mixin private ActivityOption activity;
  @Mixin private BreakdownOption breakdown;
  @Mixin private FastForwardOption forward;

  @Mixin private TimelineOption timeline;

  @Option(
      names = "--explain-hardware",
      description = "Shows what the hardware implies, and simulates nothing.")
  private boolean explain;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes result.json, result.trace, mapping.json, crossbars.json, energy.csv and"
              + " hardware.yaml there; with a comparison also comparison.json and the files of the"
              + " baseline; with a breakdown also breakdown.csv; with --activity data also"
              + " activity.csv. What another run left there of these goes. Without --network: of"
              + " 32x32 crossbars.")
  private Optional<Path> out;

  @Option(
      names = "--json",
      description =
          "Prints one JSON document and nothing else; without --network that of 32x32 crossbars.")
  private boolean json;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    activity.check();
    breakdown.views();
    timeline.check();
    forward.choice();
    boolean comparing = compare.isPresent() || !design.namesNetwork();
    boolean bothSizes = !design.namesNetwork() && !design.choosesCrossbar();
    if (explain) {
      refuseUnexplained();
      explain();
      return Primesim.DONE;
    }
    try (Output output = new Output(out).replacingAll()) {
      if (!comparing) {
        single(output);
      } else if (!bothSizes) {
        terminal.print(comparison(design.choices(), output, true));
      } else if (json) {
        terminal.print(comparison(design.choices(DIVIDED), output, true));
      } else {
        terminal.print(
            comparison(design.choices(UNDIVIDED), Output.none(), false) + "\n" + WHY_NO_GAIN);
        terminal.print(comparison(design.choices(DIVIDED), output, true));
      }
    }
    return Primesim.DONE;
  }

  private void refuseUnexplained() {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (!name.equals("--explain-hardware") && !EXPLAINED.contains(name)) {
        throw new InputProblem(
            name
                + " has no effect with --explain-hardware, allowed beside it: "
                + String.join(", ", EXPLAINED));
      }
    }
  }

  private void explain() {
    HardwareFacts facts =
        HardwareFacts.of(
            DesignFiles.hardware(terminal.installation(), design.choices()).spec(),
            DesignFiles.signs(design.choices()));
    terminal.print(json ? HardwareText.json(facts) : HardwareText.text(facts));
  }

  private void single(Output output) {
    LoadedDesign loaded = DesignOptions.load(terminal, design.choices());
    Run run = simulate(loaded, output, "");
    String document =
        json || output.writes() ? ResultDocument.of(run.result(), breakdown.views()) : "";
    output.add("", run, document).add(loaded.hardware());
    breakdown.addTo(output, List.of(run.result()));
    String recorded = record(loaded, run, output);
    output.publish();
    terminal.print(json ? document : text(run.result()) + recorded);
  }

  private String comparison(DesignFiles.Choices choices, Output output, boolean recorded) {
    LoadedDesign loaded = DesignOptions.load(terminal, choices);
    Run baseline =
        simulate(loaded.withMapping("--compare", compare.orElse(DENSE)), output, Output.BASELINE);
    Run run = simulate(loaded, output, "");
    Comparison comparison = new Comparison(baseline.result(), run.result());
    String document =
        json || output.writes() ? ResultDocument.of(comparison, breakdown.views()) : "";
    output
        .add("", run, breakdown.views())
        .add(Output.BASELINE, baseline, breakdown.views())
        .add("comparison.json", document)
        .add(loaded.hardware());
    breakdown.addTo(output, List.of(baseline.result(), run.result()));
    String line = recorded ? record(loaded, run, output) : "";
    output.publish();
    return json ? document : text(comparison) + line;
  }

  /** How full the crossbars are costs time to find out, so only a folder gets it. */
  private Run simulate(LoadedDesign loaded, Output output, String prefix) {
    try (LineProgress progress = new LineProgress(terminal, loaded.mapping())) {
      RunRequest silent =
          activity.addTo(RunRequest.of(loaded.request()).forwarding(forward.choice()), loaded);
      // The layers are mapped, then inputs are measured, if they are.
      RunRequest request =
          silent.telling(
              progress.before(SIMULATING, silent.meter().isPresent() ? 2 : 1)::step,
              progress::imageEnds);
      if (out.isEmpty()) {
        return Run.of(request);
      }
      CrossbarMaps crossbars = new CrossbarMaps();
      Compiled compiled = Compiled.of(request, crossbars);
      output
          .add(prefix + "mapping.json", ResultDocument.of(compiled.network(), compiled.mapping()))
          .add(prefix + "crossbars.json", CrossbarDocument.of(crossbars.pictures()));
      return Run.of(compiled, request);
    }
  }

  private String record(LoadedDesign loaded, Run run, Output output) {
    return timeline.write(
        terminal,
        output,
        run.result().compiled(),
        (execution, window, events) -> run.record(loaded.request(), execution, window, events));
  }

  private String text(RunResult result) {
    return breakdown.views().isEmpty()
        ? new ResultText(terminal.unicode()).of(result)
        : new BreakdownText(terminal.unicode()).of(result, breakdown.views());
  }

  private String text(Comparison comparison) {
    return breakdown.views().isEmpty()
        ? new ResultText(terminal.unicode()).of(comparison)
        : new BreakdownText(terminal.unicode()).of(comparison, breakdown.views());
  }
}
