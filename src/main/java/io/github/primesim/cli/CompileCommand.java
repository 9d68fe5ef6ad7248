package io.github.primesim.cli;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import io.github.primesim.experiment.Compiled;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.ResultText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code primesim compile}: crossbars, bounds, utilisation and metadata, and the trace. */
@Command(
    name = "compile",
    description =
        "Maps a network onto crossbars and reports crossbars, bounds, utilisation and metadata.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim compile --network lenet5-mnist --crossbar 32x32",
      "  primesim compile --network vgg16-imagenet --mapping zero-tile --json",
      "  primesim compile --network mlp-s --out mlp-s.trace",
    })
final class CompileCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DesignOptions design;

  @Option(names = "--out", paramLabel = "F.trace", description = "Writes the trace to this file.")
  private Optional<Path> out;

  @Option(names = "--json", description = "Prints the result document without time and energy.")
  private boolean json;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadedDesign loaded = DesignFiles.load(terminal.installation(), design.choices());
    Compiled compiled;
    try (LineProgress progress = new LineProgress(terminal, "compile")) {
      compiled = Compiled.of(loaded.request(), progress::step);
    }
    out.ifPresent(file -> write(file, compiled.traceText()));
    terminal.print(
        json
            ? ResultDocument.of(compiled.network(), compiled.mapping())
            : new ResultText(terminal.unicode()).of(compiled.network(), compiled.mapping()));
    return Primesim.DONE;
  }

  private static void write(Path file, String text) {
    Path folder = file.toAbsolutePath().getParent();
    try (OutputFolder output = OutputFolder.open(folder)) {
      output.put(file.getFileName().toString(), text).publish();
    }
  }
}
