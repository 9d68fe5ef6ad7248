package io.github.primesim.cli;

import io.github.primesim.config.LoadedDesign;
import io.github.primesim.experiment.AccuracyResult;
import io.github.primesim.experiment.ChipSample;
import io.github.primesim.report.ResultDocument;
import io.github.primesim.report.ResultText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code primesim accuracy}: what PRIME's arithmetic costs in accuracy. */
@Command(
    name = "accuracy",
    description =
        "Classifies test images in floating point, in exact integers of PRIME's formats, and on the"
            + " mapped crossbars with PRIME's arithmetic, of ideal cells and, if asked, of chips"
            + " whose cells differ.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim accuracy",
      "  primesim accuracy --network lenet5-mnist --data mnist --crossbar 32x32 --json",
      "  primesim accuracy --cell-spread 0.1 --stuck-off 0.01 --chips 20",
    })
final class AccuracyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DesignOptions design;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (MNIST), with"
              + " test_batch.bin, with test_batch.png and test_lables.json (CIFAR-10), or with"
              + " test-images.npz; or an npz file with images and labels. Default: the test images"
              + " beside the network.")
  private Optional<Path> data;

  @Option(
      names = "--limit",
      paramLabel = "K",
      description = "Classifies the first K images. Default: all.")
  private Optional<String> limit;

  @Mixin private CellOptions cells;

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description =
          "Arithmetics and chips that classify at the same time; they change no result. Default: one"
              + " a core.")
  private Optional<String> jobs;

  @Option(names = "--json", description = "Prints a JSON document and nothing else.")
  private boolean json;

  AccuracyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadedDesign loaded = DesignOptions.load(terminal, design.choices());
    Optional<ChipSample> chips = cells.sample();
    int threads = Jobs.of(jobs);
    AccuracyResult result;
    try (LineProgress progress = new LineProgress(terminal, "accuracy")) {
      result =
          AccuracyResult.of(
              loaded.request(),
              loaded.calibration(),
              loaded.testImages(data, limit),
              chips,
              threads,
              progress::step);
    }
    terminal.print(
        json ? ResultDocument.of(result) : new ResultText(terminal.unicode()).of(result));
    return Primesim.DONE;
  }
}
