package io.github.primesim.cli;

import io.github.primesim.config.CalibrationFiles;
import io.github.primesim.config.ImageFiles;
import io.github.primesim.config.LoadedDesign;
import io.github.primesim.config.NetworkFolder;
import io.github.primesim.experiment.PrunedNetwork;
import io.github.primesim.experiment.PruningChoices;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.PruningText;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code primesim prune}: a network with fewer weights, and the mask to train it under. */
@Command(
    name = "prune",
    description = {
      "Sets weights of a network to zero and writes the result as a network of its own, with the"
          + " mask that training/train takes to fit the weights that stay."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim prune --network lenet5-mnist --scheme crossbar --target 0.4 --crossbar 32x32"
          + " --out less",
      "  primesim prune --network dense --scheme segment --target 0.85 --crossbar 32x32 --out less",
      "  training/train lenet5-mnist --weights less/weights.npz --mask less/mask.npz",
    })
final class PruneCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      completionCandidates = Candidates.PruningSchemes.class,
      required = true,
      description =
          "magnitude (single weights), crossbar (whole crossbars of the mapping) or segment (the"
              + " rows of a crossbar in one column).")
  private String scheme;

  @Option(
      names = "--target",
      paramLabel = "T",
      required = true,
      description = "Share that is to be zero or cleared, from 0 to below 1.")
  private String target;

  @Option(
      names = "--of",
      paramLabel = "W",
      completionCandidates = Candidates.Shares.class,
      description =
          "What the target is a share of: weights (all of them, default), or with --scheme"
              + " crossbar crossbars (default there) or utilization (crossbars less full than this"
              + " go).")
  private String share;

  @Option(
      names = "--rank",
      paramLabel = "R",
      completionCandidates = Candidates.Ranks.class,
      defaultValue = "norm",
      description =
          "Segments go by norm, or by cost: what a layer loses for each position and array saved."
              + " Default: ${DEFAULT-VALUE}.")
  private String rank;

  @Option(
      names = "--per",
      paramLabel = "SCOPE",
      completionCandidates = Candidates.Scopes.class,
      defaultValue = "global",
      description = "global: layers share the target; layer: each one meets it. Default: global.")
  private String per;

  @Option(
      names = "--protect",
      paramLabel = "L,...",
      description =
          "Layers that stay as they are, or none. Default: the first and the last one with weights;"
              + " with --scheme magnitude none.")
  private Optional<String> protect;

  @Mixin private DesignOptions design;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the pruned network; its name becomes the name of the network.")
  private Path out;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  PruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String share =
        this.share != null ? this.share : scheme.equals("crossbar") ? "crossbars" : "weights";
    PruningChoices choices = new PruningChoices(scheme, target, share, rank, per, protect);
    choices.check();
    LoadedDesign loaded = DesignOptions.load(terminal, design.choices());
    if (isSame(out, loaded.networkFolder())) {
      throw new InputProblem("--out '" + out + "' is the network itself, allowed: another folder");
    }
    // Before weights are chosen: it takes a while, and a folder may refuse files.
    try (OutputFolder output = OutputFolder.open(out)) {
      PrunedNetwork pruned = pruned(loaded, choices, output);
      output.publish();
      terminal.print(json ? PruningText.json(pruned) : PruningText.text(pruned));
    }
    return Primesim.DONE;
  }

  /** Whether both lead to one folder, over links too. */
  private static boolean isSame(Path out, Path network) {
    try {
      return Files.exists(out) && Files.isSameFile(out, network);
    } catch (IOException e) {
      throw new InputProblem(out + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private PrunedNetwork pruned(LoadedDesign loaded, PruningChoices choices, OutputFolder output) {
    try (LineProgress progress = new LineProgress(terminal, "prune")) {
      progress.work("choosing weights");
      PrunedNetwork pruned =
          PrunedNetwork.of(loaded.request(), choices, progress.before("writing", 1)::step);
      NetworkFolder folder = new NetworkFolder(pruned.network());
      // What belongs to a network that was here before does not fit this one.
      output.removing(List.of(CalibrationFiles.FILE, CalibrationFiles.IMAGES, ImageFiles.ARCHIVE));
      output
          .put("network.yaml", folder.yaml(name(pruned), description(pruned)))
          .put("weights.npz", file -> folder.writeWeights(file, pruned.weights()))
          .put("mask.npz", file -> folder.writeMask(file, pruned.mask()))
          .put("pruning.csv", PruningText.csv(pruned));
      for (Path images : loaded.imageArchives()) {
        output.put(images.getFileName().toString(), file -> Files.copy(images, file));
      }
      return pruned;
    }
  }

  /** The name of the folder where it is one word, as names of networks are. */
  private String name(PrunedNetwork pruned) {
    Path last = out.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    return name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*") ? name : pruned.name();
  }

  private static String description(PrunedNetwork pruned) {
    return String.format(
        Locale.ROOT,
        "%s, pruned to %.2f %% zero weights by %s for crossbars of %dx%d",
        pruned.name(),
        100 * pruned.sparsity(),
        pruned.choices().scheme(),
        pruned.crossbarRows(),
        pruned.crossbarBitlines());
  }
}
