package io.github.primesim.cli;

import io.github.primesim.config.LoadedHardware;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.Run;
import io.github.primesim.report.ActivityCsv;
import io.github.primesim.report.EnergyCsv;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.ResultDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code --out} asks for: a folder of results, or nothing at all. */
final class Output implements AutoCloseable {
  private final Optional<OutputFolder> folder;

  /** Opens the folder at once, so that one that cannot be written is known before a simulation. */
  Output(Optional<Path> path) {
    folder = path.map(OutputFolder::open);
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
    folder.ifPresent(
        open ->
            open.put(prefix + "result.json", ResultDocument.of(run.result(), views))
                .put(prefix + "result.trace", run.traceText())
                .put(prefix + "energy.csv", EnergyCsv.of(run.result())));
    run.result()
        .activity()
        .ifPresent(activity -> add(prefix + "activity.csv", ActivityCsv.of(activity)));
    return this;
  }

  /** Adds the document of a comparison. */
  Output add(Comparison comparison, List<View> views) {
    folder.ifPresent(open -> open.put("comparison.json", ResultDocument.of(comparison, views)));
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

  void publish() {
    folder.ifPresent(OutputFolder::publish);
  }

  @Override
  public void close() {
    folder.ifPresent(OutputFolder::close);
  }
}
