package io.github.primesim.cli;

import io.github.primesim.config.LoadedDesign;
import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.LayerSketch;
import io.github.primesim.report.MappingHeatMap;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.ResultText;
import io.github.primesim.trace.TraceReader;
import io.github.primesim.units.InputProblem;
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
      "  primesim compile --network lenet5-mnist --crossbar 32x32 --picture fc1.svg",
      "  primesim compile --network mlp-s --out mlp-s.trace",
    })
final class CompileCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DesignOptions design;

  @Option(names = "--out", paramLabel = "F.trace", description = "Writes the trace to this file.")
  private Optional<Path> out;

  @Option(
      names = "--picture",
      paramLabel = "F.svg|F.png",
      description = "Writes heat maps of a layer before and after mapping to this file.")
  private Optional<Path> picture;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "Layer of the picture (default: the one with the most weights).")
  private Optional<String> layer;

  @Option(names = "--json", description = "Prints the result document without time and energy.")
  private boolean json;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<WrittenFile> trace =
        out.map(file -> new WrittenFile("--out", file).replacing("trace", TraceReader.MAGIC));
    Optional<WrittenFile> drawing = picture.map(CompileCommand::pictureFile);
    if (layer.isPresent() && picture.isEmpty()) {
      throw new InputProblem("--layer '" + layer.get() + "' needs --picture F.svg or F.png");
    }
    LoadedDesign loaded = DesignOptions.load(terminal, design.choices());
    Optional<LayerSketch> sketch = picture.map(file -> LayerSketch.of(loaded.request(), layer));
    Compiled compiled;
    try (LineProgress progress = new LineProgress(terminal, "compile")) {
      compiled = Compiled.of(loaded.request(), progress::step, sketch);
    }
    trace.ifPresent(file -> file.write(compiled.traceText()));
    sketch
        .flatMap(LayerSketch::picture)
        .map(drawn -> new MappingHeatMap(compiled.network().network(), drawn))
        .ifPresent(
            map ->
                drawing
                    .orElseThrow()
                    .write(drawing.get().name().endsWith(".svg") ? map::svg : map::png));
    terminal.print(
        json
            ? ResultDocument.of(compiled.network(), compiled.mapping())
            : new ResultText(terminal.unicode()).of(compiled.network(), compiled.mapping()));
    return Primesim.DONE;
  }

  private static WrittenFile pictureFile(Path file) {
    String name = file.toString();
    if (!name.endsWith(".svg") && !name.endsWith(".png")) {
      throw new InputProblem(
          "--picture '" + file + "': allowed are names that end in .svg or .png");
    }
    return new WrittenFile("--picture", file);
  }
}
