package io.github.primesim.cli;

import io.github.primesim.config.Catalogue;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.Reduction;
import io.github.primesim.experiment.ReductionGrid;
import io.github.primesim.experiment.SyntheticLayer;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.ReductionChart;
import io.github.primesim.report.ReductionTable;
import io.github.primesim.units.InputProblem;
import io.github.primesim.units.WholeNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code primesim reductions}: what every mapping scheme saves, over sizes and densities. */
@Command(
    name = "reductions",
    description = {
      "Compares mapping schemes: crossbars of the dense mapping over those kept, on synthetic"
          + " layers and on networks, over sizes of the crossbars and densities.",
      "Without --network and --model: the models U, M and T and every bundled network that was"
          + " trained.",
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim reductions --network lenet5-mnist --sizes 32,64,128",
      "  primesim reductions --model M --densities 0.04,0.1 --schemes block-compact,row-order",
      "  primesim reductions --out tables",
      "  primesim reductions --network my-network --out tables --add",
    })
final class ReductionsCommand implements Callable<Integer> {
  private static final String TABLE = "reductions.csv";
  private static final Pattern LAYER = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");
  private static final int MOST_WEIGHTS = 1 << 28;
  private static final int LARGEST_SIZE = 4096;
  private static final int MOST_THREADS = 1024;

  private final Terminal terminal;

  @Option(
      names = "--network",
      paramLabel = "N",
      completionCandidates = Candidates.Networks.class,
      description = "Bundled name or directory. May be given several times.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "U|M|T",
      completionCandidates = Candidates.Models.class,
      description =
          "One sign of a synthetic layer: U uniform, M rows and columns of unlike intensity, T a"
              + " convolution with eight of nine taps dead. May be given several times.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--sizes",
      paramLabel = "S,S,...",
      defaultValue = "16,32,64,128,256,512",
      description =
          "Rows of a crossbar, and its weight columns (synthetic) or bitlines (network). Default:"
              + " ${DEFAULT-VALUE}.")
  private String sizes;

  @Option(
      names = "--densities",
      paramLabel = "D,D,...",
      defaultValue = "0.02,0.04,0.075,0.1,0.15,0.25",
      description = "Of synthetic layers, both signs together. Default: ${DEFAULT-VALUE}.")
  private String densities;

  @Option(
      names = "--layer",
      paramLabel = "RxC",
      defaultValue = "4608x1024",
      description = "Rows and columns of synthetic layers. Default: ${DEFAULT-VALUE}.")
  private String layer;

  @Option(
      names = "--schemes",
      paramLabel = "M,M,...",
      completionCandidates = Candidates.SparseSchemes.class,
      description = "Mapping schemes. Default: all but dense.")
  private Optional<String> schemes;

  @Option(
      names = "--seed",
      paramLabel = "X",
      defaultValue = "2019",
      description = "Seed of synthetic layers. Default: ${DEFAULT-VALUE}.")
  private String seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of a mapping; they change no figure. Default: ${DEFAULT-VALUE}.")
  private String threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes reductions.csv, reductions.md and pictures into this folder.")
  private Optional<Path> out;

  @Option(
      names = "--add",
      description =
          "Keeps what the table in DIR says of other models and networks; without it, the table is"
              + " of this run alone.")
  private boolean add;

  ReductionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ReductionGrid grid = grid();
    Optional<ReductionTable> earlier = earlier();
    List<String> compiled = networks;
    if (networks.isEmpty() && models.isEmpty()) {
      compiled = new NetworkFiles(terminal.installation()).trained();
    }
    int perNetwork = grid.sizes().size() * grid.schemes().size();
    int total = grid.points() + compiled.size() * perNetwork;
    List<Reduction> found;
    try (LineProgress progress = new LineProgress(terminal, "reductions")) {
      found = new ArrayList<>(grid.run((step, done, of) -> progress.step(step, done, total)));
      for (String network : compiled) {
        for (int size : grid.sizes()) {
          progress.step(network + ", " + size + "x" + size, found.size(), total);
          LoadedDesign design = design(network, size, grid.schemes().get(0));
          for (String scheme : grid.schemes()) {
            progress.step(network + ", " + scheme, found.size(), total);
            found.add(reduction(design.withMapping("--schemes", scheme)));
          }
        }
      }
    }
    ReductionTable table = new ReductionTable(found);
    out.ifPresent(folder -> write(folder, earlier.map(table::orElse).orElse(table), found));
    terminal.print(table.text());
    return Primesim.DONE;
  }

  /** A network on crossbars of a size: loaded, and perhaps calibrated, once for all schemes. */
  private LoadedDesign design(String network, int size, String scheme) {
    return DesignFiles.load(
        terminal.installation(), DesignFiles.Choices.of(network, scheme, size + "x" + size));
  }

  private static Reduction reduction(LoadedDesign design) {
    return Reduction.of(Compiled.of(design.request(), (layer, done, of) -> {}));
  }

  /** What is added to; read before hours of work, not after. */
  private Optional<ReductionTable> earlier() {
    if (!add) {
      return Optional.empty();
    }
    Path table =
        out.orElseThrow(() -> new InputProblem("--add needs --out, the folder that is added to"))
            .resolve(TABLE);
    return Files.exists(table) ? Optional.of(ReductionTable.read(table)) : Optional.empty();
  }

  private ReductionGrid grid() {
    List<String> known = Catalogue.schemes();
    List<SyntheticLayer.Model> all =
        networks.isEmpty() ? List.of(SyntheticLayer.Model.values()) : List.of();
    Matcher shape = LAYER.matcher(layer);
    if (!shape.matches()
        || Long.parseLong(shape.group(1)) * Long.parseLong(shape.group(2)) > MOST_WEIGHTS) {
      throw new InputProblem(
          "--layer '"
              + layer
              + "': allowed: rows x columns such as 4608x1024, at most 2^28 weights");
    }
    return new ReductionGrid(
        models.isEmpty()
            ? all
            : list("--model", String.join(",", models), "U, M, T", ReductionsCommand::model),
        Integer.parseInt(shape.group(1)),
        Integer.parseInt(shape.group(2)),
        list("--densities", densities, "numbers above 0 and at most 1", this::density),
        list("--sizes", sizes, "whole numbers from 1 to " + LARGEST_SIZE, this::size),
        schemes.isEmpty()
            ? known.stream().filter(name -> !name.equals("dense")).toList()
            : list(
                "--schemes",
                schemes.get(),
                String.join(", ", known),
                name -> known.contains(name) ? Optional.of(name) : Optional.empty()),
        WholeNumber.of("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
        WholeNumber.of("--threads", threads, 1, MOST_THREADS));
  }

  private Optional<Integer> size(String text) {
    return text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= LARGEST_SIZE
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private Optional<Double> density(String text) {
    try {
      double value = Double.parseDouble(text);
      return value > 0 && value <= 1 ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<SyntheticLayer.Model> model(String text) {
    return Arrays.stream(SyntheticLayer.Model.values())
        .filter(model -> model.name().equals(text))
        .findFirst();
  }

  private static <T> List<T> list(
      String option, String text, String allowed, Function<String, Optional<T>> parse) {
    List<T> values = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      values.add(
          parse
              .apply(item.strip())
              .orElseThrow(
                  () -> new InputProblem(option + " '" + item.strip() + "': allowed: " + allowed)));
    }
    return values;
  }

  private static void write(Path folder, ReductionTable table, List<Reduction> found) {
    try (OutputFolder output = OutputFolder.open(folder)) {
      output.put(TABLE, table.csv()).put("reductions.md", table.markdown());
      for (String source : found.stream().map(Reduction::source).distinct().toList()) {
        List<Reduction> own = found.stream().filter(r -> r.source().equals(source)).toList();
        int size = middle(own.stream().map(Reduction::size).distinct().sorted().toList(), 32);
        double density =
            middle(own.stream().map(Reduction::density).distinct().sorted().toList(), 0.1);
        if (own.stream().map(Reduction::density).distinct().count() > 1) {
          output.put(
              source + "-density.svg", ReductionChart.againstDensity(own, source, size)::svg);
        }
        if (own.stream().map(Reduction::size).distinct().count() > 1) {
          output.put(source + "-size.svg", ReductionChart.againstSize(own, source, density)::svg);
        }
      }
      output.publish();
    }
  }

  /** The value itself if it is among the others, otherwise the one in the middle. */
  private static <T> T middle(List<T> sorted, T wanted) {
    return sorted.contains(wanted) ? wanted : sorted.get(sorted.size() / 2);
  }
}
