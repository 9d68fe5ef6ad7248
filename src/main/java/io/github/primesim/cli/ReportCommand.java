package io.github.primesim.cli;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedHardware;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.PaperFigure;
import io.github.primesim.report.ReportPage;
import io.github.primesim.report.SweepFolder;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code primesim report}: the results of a folder as one HTML page. */
@Command(
    name = "report",
    description =
        "Writes DIR/report.html: the results of DIR as one page with charts and tables. It opens"
            + " from a file and needs no network.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim run --network lenet5-mnist --compare dense --out results",
      "  primesim report results",
      "  primesim report results --svg",
    })
final class ReportCommand implements Callable<Integer> {
  private static final String PAGE = "report.html";
  private static final String MERGED = "all-points.csv";
  private static final String FIGURES = "figures";

  private final Terminal terminal;

  @Parameters(
      paramLabel = "DIR",
      arity = "1",
      description =
          "A folder that 'primesim run --out' or 'primesim sweep --out' wrote; shards in it are put"
              + " together, as DIR/all-points.csv too.")
  private Path folder;

  @Option(
      names = "--svg",
      description =
          "Writes each figure alone to DIR/figures too, as SVG for a column (3.5 inches) or the"
              + " page (7.16 inches) of a paper, with its numbers as CSV.")
  private boolean svg;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (folder.toString().isEmpty()) {
      throw new InputProblem("'': is no folder, allowed: the name of one, . for this one");
    }
    Optional<SweepFolder> sweep;
    List<Path> written = new ArrayList<>();
    try (LineProgress progress = new LineProgress(terminal, "report")) {
      progress.work("reading");
      sweep = SweepFolder.in(folder);
      write(sweep, written, progress);
    }
    written.forEach(file -> terminal.print(file + "\n"));
    // The files stay: they show what is not to be compared.
    sweep.ifPresent(SweepFolder::requireComparable);
    return Primesim.DONE;
  }

  private void write(Optional<SweepFolder> sweep, List<Path> written, LineProgress progress) {
    String page = ReportPage.of(folder, sweep.map(this::memories).orElse(Map.of()));
    List<PaperFigure> figures = svg ? PaperFigure.of(folder) : List.of();
    Optional<SweepFolder> shards = sweep.filter(SweepFolder::sharded);
    // Pictures are painted before the page appears: what cannot be painted leaves nothing.
    try (OutputFolder output = OutputFolder.open(folder)) {
      shards.ifPresent(points -> put(output, MERGED, points.csv(), written));
      put(output, PAGE, page, written);
      if (svg) {
        try (OutputFolder pictures = OutputFolder.open(folder.resolve(FIGURES))) {
          for (int i = 0; i < figures.size(); i++) {
            put(pictures, figures.get(i), written);
            progress.step(figures.get(i).name(), i + 1, figures.size());
          }
          output.requireFree();
          pictures.publish();
        }
      }
      output.publish();
    }
  }

  /** The memories of a sweep as far as they are still those it was made with. */
  private Map<String, String> memories(SweepFolder sweep) {
    Map<String, String> found = new LinkedHashMap<>();
    sweep
        .memories()
        .forEach(
            (name, digest) -> {
              try {
                LoadedHardware hardware =
                    HardwareFiles.load(terminal.installation(), name, List.of());
                if (hardware.digest().equals(digest)) {
                  found.put(name, hardware.resolvedYaml());
                }
              } catch (InputProblem gone) {
                // The page is of the results; what they were made with may be on another machine.
              }
            });
    return found;
  }

  private void put(OutputFolder output, String name, String text, List<Path> written) {
    output.put(name, text);
    written.add(folder.resolve(name));
  }

  private void put(OutputFolder output, PaperFigure figure, List<Path> written) {
    output.put(figure.name() + ".svg", figure::svg).put(figure.name() + ".csv", figure.csv());
    written.add(folder.resolve(FIGURES).resolve(figure.name() + ".svg"));
  }
}
