package io.github.primesim.cli;

import io.github.primesim.config.Catalogue;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.EvaluationFile;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.experiment.evaluation.Subject;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.units.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code primesim evaluate}: the sparse paper's evaluation on this model. */
@Command(
    name = "evaluate",
    description = {
      "Repeats the evaluation of the sparse paper (Lin et al., ASP-DAC 2019): gains over sizes of"
          + " the crossbars and over networks, crossbars against weights pruned, utilisation,"
          + " accuracy, and how far the figures hang on each number that is not published.",
      "What it compares stands in validation/lin-aspdac2019.yaml; networks named there that are not"
          + " bundled are passed over.",
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim evaluate --part networks --network LeNet-5",
      "  primesim evaluate --part sizes --schemes block-compact,row-order --out sizes",
      "  primesim evaluate --jobs 2 --out evaluation",
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final String INPUTS = "inputs.csv";

  private final Terminal terminal;

  @Option(
      names = "--part",
      paramLabel = "P,P,...",
      completionCandidates = Candidates.Parts.class,
      description =
          "sizes, networks, grid (every network on every size), gap (where gains go), crossbars,"
              + " utilization, accuracy, sensitivity. Default: all that measure the networks named.")
  private Optional<String> parts;

  @Option(
      names = "--network",
      paramLabel = "N",
      completionCandidates = Candidates.EvaluatedNetworks.class,
      description =
          "The paper's name of a network, or that of a bundled one which stands for it. May be"
              + " given several times. Default: all.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--schemes",
      paramLabel = "M,M,...",
      completionCandidates = Candidates.SparseSchemes.class,
      description = "Mapping schemes. Default: as in the file.")
  private Optional<String> schemes;

  @Option(
      names = "--hardware",
      paramLabel = "H",
      completionCandidates = Candidates.Memories.class,
      description = "Bundled name or YAML file. Default: as in the file.")
  private Optional<String> hardware;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Sets a key of the hardware file in every design. May be given several times.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "J",
      description =
          "Designs that are measured at the same time; they change no figure. Default: the"
              + " processors of the machine.")
  private Optional<String> jobs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes tables as Markdown and CSV and pictures as SVG into this folder, a set for each"
              + " part.")
  private Optional<Path> out;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Set<EvaluationPart> wanted = wanted();
    int threads = Jobs.of(jobs);
    EvaluationFile file = EvaluationFile.load(terminal.installation());
    List<String> mapped = schemes(file);
    List<Subject> subjects = subjects(file);
    fit(wanted, subjects, file);
    String memory = hardware.orElse(file.hardware());
    // A mistyped setting is known before the first of many designs.
    DesignFiles.hardware(
        terminal.installation(), EvaluationParts.choices(memory, "", "dense", "", sets));
    try (EvaluationOutput output = new EvaluationOutput(out.map(OutputFolder::open))) {
      EvaluationParts evaluation =
          new EvaluationParts(terminal, file, memory, sets, subjects, mapped, threads, output);
      for (EvaluationPart part : wanted) {
        evaluation.run(part);
      }
      if (wholly(wanted) || out.isEmpty() || !Files.exists(out.get().resolve(INPUTS))) {
        evaluation.inputs(INPUTS);
      }
      terminal.print(output.publish());
    }
    return Primesim.DONE;
  }

  /**
   * Whether every figure of the folder is written anew. A run of some parts leaves the digests of
   * the others alone: their networks may have changed since.
   */
  private boolean wholly(Set<EvaluationPart> wanted) {
    return wanted.size() == EvaluationPart.values().length && networks.isEmpty();
  }

  private Set<EvaluationPart> wanted() {
    List<EvaluationPart> all = List.of(EvaluationPart.values());
    Set<EvaluationPart> wanted = new LinkedHashSet<>();
    if (parts.isEmpty()) {
      wanted.addAll(all);
      return wanted;
    }
    List<EvaluationPart> named =
        list(
            "--part",
            parts.get(),
            String.join(", ", all.stream().map(EvaluationPart::key).toList()),
            text -> all.stream().filter(part -> part.key().equals(text)).findFirst());
    // In the order of the evaluation, whatever that of the option is.
    all.stream().filter(named::contains).forEach(wanted::add);
    return wanted;
  }

  /**
   * Some parts measure some of the networks only: where such a part was asked for, the networks
   * named must be among them; of all parts it is passed over.
   */
  private void fit(Set<EvaluationPart> wanted, List<Subject> subjects, EvaluationFile file) {
    if (networks.isEmpty()) {
      return;
    }
    for (EvaluationPart part : EvaluationPart.values()) {
      List<String> measured = measured(part, file);
      if (!wanted.contains(part)
          || subjects.stream().anyMatch(subject -> measured.contains(subject.title()))) {
        continue;
      }
      if (parts.isPresent()) {
        throw new InputProblem(
            "--network '"
                + networks.get(0)
                + "' is not measured by --part "
                + part.key()
                + ", allowed: "
                + String.join(", ", measured));
      }
      wanted.remove(part);
    }
  }

  /** Titles of the networks that a part measures. */
  private static List<String> measured(EvaluationPart part, EvaluationFile file) {
    return switch (part) {
      case SIZES -> file.swept();
      case ACCURACY ->
          file.networks().stream()
              .filter(network -> network.dense().isPresent())
              .map(EvaluationFile.PublishedNetwork::title)
              .toList();
      case NETWORKS, GRID, GAP, CROSSBARS, UTILIZATION, SENSITIVITY ->
          file.networks().stream().map(EvaluationFile.PublishedNetwork::title).toList();
    };
  }

  private List<String> schemes(EvaluationFile file) {
    List<String> known =
        Catalogue.schemes().stream().filter(name -> !name.equals("dense")).toList();
    return schemes
        .map(
            text ->
                list(
                    "--schemes",
                    text,
                    String.join(", ", known),
                    name -> Optional.of(name).filter(known::contains)))
        .orElse(file.schemes());
  }

  private List<Subject> subjects(EvaluationFile file) {
    List<String> bundled = new NetworkFiles(terminal.installation()).names();
    List<Subject> subjects = new ArrayList<>();
    Set<String> allowed = new LinkedHashSet<>();
    Set<String> met = new LinkedHashSet<>();
    for (EvaluationFile.PublishedNetwork published : file.networks()) {
      for (String name : published.ours()) {
        if (!bundled.contains(name)) {
          continue;
        }
        allowed.add(published.title());
        allowed.add(name);
        List<String> named =
            networks.stream().filter(n -> n.equals(name) || n.equals(published.title())).toList();
        met.addAll(named);
        if (networks.isEmpty() || !named.isEmpty()) {
          subjects.add(
              new Subject(
                  published.title(),
                  name,
                  published.sparsity(),
                  Optional.of(name + "-segments").filter(bundled::contains)));
        }
      }
    }
    Stream<String> unknown = networks.stream().filter(name -> !met.contains(name));
    unknown
        .findFirst()
        .ifPresent(
            name -> {
              throw new InputProblem(
                  "--network '"
                      + name
                      + "' is not part of the evaluation, allowed: "
                      + String.join(", ", allowed));
            });
    return subjects;
  }

  private static <T> List<T> list(
      String option, String text, String allowed, Function<String, Optional<T>> parse) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(
            item ->
                parse
                    .apply(item)
                    .orElseThrow(
                        () ->
                            new InputProblem(
                                option + " '" + item + "' is unknown, allowed: " + allowed)))
        .toList();
  }
}
