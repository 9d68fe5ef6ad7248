package io.github.primesim.cli;

import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.report.BreakdownCsv;
import io.github.primesim.units.InputProblem;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --breakdown}: by what the energy is listed. */
final class BreakdownOption {
  @Option(
      names = "--breakdown",
      paramLabel = "VIEW,...",
      hideParamSyntax = true,
      split = ",",
      completionCandidates = Candidates.Views.class,
      description =
          "Lists the energy by component, layer, level, action or bank: per inference, per"
              + " operation and per mm2, with bars; in the JSON document too.")
  private List<String> breakdown = List.of();

  /**
   * The views asked for, each once, in the order given.
   *
   * @throws InputProblem for a view that does not exist
   */
  List<View> views() {
    Set<View> views = new LinkedHashSet<>();
    for (String name : breakdown) {
      views.add(
          View.named(name.strip())
              .orElseThrow(
                  () ->
                      new InputProblem(
                          "--breakdown '"
                              + name
                              + "' is unknown, allowed: "
                              + Arrays.stream(View.values())
                                  .map(View::key)
                                  .collect(Collectors.joining(", ")))));
    }
    return List.copyOf(views);
  }

  /** Adds {@code breakdown.csv} if a view was asked for. */
  void addTo(Output output, List<RunResult> results) {
    if (!views().isEmpty()) {
      output.add("breakdown.csv", BreakdownCsv.of(results, views()));
    }
  }
}
