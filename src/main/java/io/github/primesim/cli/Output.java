package io.github.primesim.cli;

import io.github.primesim.config.LoadedHardware;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.Run;
import io.github.primesim.report.ActivityCsv;
import io.github.primesim.report.EnergyCsv;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.SweepFolder;
import io.github.primesim.units.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code --out} asks for: a folder of results, or nothing at all. */
final class Output implements AutoCloseable {
  /** What the names of the files of a baseline begin with. */
  static final String BASELINE = "baseline-";

  /** Of each run. */
  static final List<String> FILES =
      List.of(
          "result.json",
          "result.trace",
          "energy.csv",
          "activity.csv",
          "mapping.json",
          "crossbars.json");

  private final Optional<OutputFolder> folder;

  /**
   * Opens the folder at once, so that one that cannot be written is known before a simulation.
   *
   * @throws InputProblem if it has no name, cannot be written, or holds a sweep, which a report
   *     would show instead
   */
  Output(Optional<Path> path) {
    path.ifPresent(OutputFolder::requireNamed);
    path.filter(each -> Files.exists(each.resolve(SweepFolder.ABOUT)))
        .ifPresent(
            sweep -> {
              throw new InputProblem(
                  "--out '"
                      + sweep
                      + "': holds a sweep ("
                      + SweepFolder.ABOUT
                      + "), allowed: another folder");
            });
    folder = path.map(OutputFolder::open);
  }

  /** Nothing at all. */
  static Output none() {
    return new Output(Optional.empty());
  }

  /**
   * Has all files go that another run left in the folder, so that what is there belongs together.
   */
  Output replacingAll() {
    List<String> names = new ArrayList<>(FILES);
    FILES.forEach(each -> names.add(BASELINE + each));
    names.addAll(List.of("comparison.json", "breakdown.csv", "hardware.yaml"));
    folder.ifPresent(open -> open.removing(names));
    return this;
  }

  /**
   * Adds document, trace and energy breakdown of a run.
   *
   * @param prefix what their names begin with
   */
  Output add(String prefix, Run run) {
    return add(prefix, run, List.of());
  }

  /** The same, with breakdowns in the document. */
  Output add(String prefix, Run run, List<View> views) {
    return add(prefix, run, writes() ? ResultDocument.of(run.result(), views) : "");
  }

  /**
   * The same.
   *
   * @param document that of the result, which may be wanted elsewhere too
   */
  Output add(String prefix, Run run, String document) {
    folder.ifPresent(
        open ->
            open.put(prefix + "result.json", document)
                .put(prefix + "result.trace", run.traceText())
                .put(prefix + "energy.csv", EnergyCsv.of(run.result())));
    run.result()
        .activity()
        .ifPresent(activity -> add(prefix + "activity.csv", ActivityCsv.of(activity)));
    return this;
  }

  /** Adds the memory with all it extends and all that was set. */
  Output add(LoadedHardware hardware) {
    folder.ifPresent(open -> open.put("hardware.yaml", hardware.resolvedYaml()));
    return this;
  }

  Output add(String name, String text) {
    folder.ifPresent(open -> open.put(name, text));
    return this;
  }

  Output add(String name, OutputFolder.Content content) {
    folder.ifPresent(open -> open.put(name, content));
    return this;
  }

  /** Whether there is a folder for what is added. */
  boolean writes() {
    return folder.isPresent();
  }

  /** Whether a file is among those added. */
  boolean holds(Path file) {
    return folder.isPresent() && folder.get().holds(file);
  }

  void publish() {
    folder.ifPresent(OutputFolder::publish);
  }

  @Override
  public void close() {
    folder.ifPresent(OutputFolder::close);
  }
}
