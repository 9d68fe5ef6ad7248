package io.github.primesim.cli;

import io.github.primesim.claim.Claim;
import io.github.primesim.config.ClaimFiles;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.InstalledSources;
import io.github.primesim.report.ReportPage;
import io.github.primesim.report.ValidationChart;
import io.github.primesim.report.ValidationCsv;
import io.github.primesim.report.ValidationDocument;
import io.github.primesim.report.ValidationMarkdown;
import io.github.primesim.report.ValidationText;
import io.github.primesim.units.InputProblem;
import io.github.primesim.validation.Substitution;
import io.github.primesim.validation.Validation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code primesim validate}: published figures with ours beside them. */
@Command(
    name = "validate",
    description = {
      "Computes every published figure that validation/ lists and shows ours beside it.",
      "Exits with 1 when one is outside its tolerance that is not known to be, or when one that is"
          + " known to be has changed."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim validate",
      "  primesim validate --only isaac-chip",
      "  primesim validate --out validated",
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int NOT_REPRODUCED = 1;

  private final Terminal terminal;

  @Option(
      names = "--only",
      paramLabel = "ID",
      completionCandidates = Candidates.Claims.class,
      description = "Only these claims, by the name of their folder; several with commas.")
  private List<String> only = List.of();

  @Option(
      names = "--hardware",
      paramLabel = "H",
      completionCandidates = Candidates.Memories.class,
      description = "Another memory in place of the one that claims name.")
  private Optional<String> hardware;

  @Option(
      names = "--replication",
      paramLabel = "P",
      completionCandidates = Candidates.Policies.class,
      description = "Another policy in place of the one that claims name.")
  private Optional<String> replication;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Replaces a number of the hardware of every claim.")
  private List<String> sets = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Writes validation.html, a page that needs no network, ours-against-theirs.svg,"
              + " validation.json, claims.csv, baselines.csv and the tables as Markdown there.")
  private Optional<Path> out;

  @Option(names = "--json", description = "Prints one JSON document and nothing else.")
  private boolean json;

  ValidateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    // Known before the first of many claims, and also where none of them asks for it.
    replication.ifPresent(DesignFiles::replication);
    List<String> named = named();
    List<Claim> claims = chosen(named);
    try (Output output = new Output(out)) {
      Validation validation;
      try (LineProgress progress = new LineProgress(terminal, "validate")) {
        validation =
            Validation.of(
                claims,
                new InstalledSources(terminal.installation()),
                new Substitution(hardware, replication, sets),
                named.isEmpty(),
                progress::step);
      }
      output
          .add("validation.json", ValidationDocument.of(validation))
          .add("claims.csv", ValidationCsv.of(validation))
          .add("baselines.csv", ValidationCsv.versus(validation))
          .add("validation.md", ValidationMarkdown.of(validation))
          .add("ours-against-theirs.svg", ValidationChart.of(validation)::svg)
          .add("validation.html", ReportPage.of(validation));
      output.publish();
      terminal.print(json ? ValidationDocument.of(validation) : ValidationText.of(validation));
      return validation.accepted() ? Primesim.DONE : NOT_REPRODUCED;
    }
  }

  private List<String> named() {
    return only.stream().flatMap(ids -> Arrays.stream(ids.split(",", -1))).toList();
  }

  private List<Claim> chosen(List<String> named) {
    List<Claim> all = ClaimFiles.all(terminal.installation());
    for (String id : named) {
      if (all.stream().noneMatch(claim -> claim.id().equals(id))) {
        throw new InputProblem(
            "--only '"
                + id
                + "': no such claim, allowed: "
                + String.join(", ", all.stream().map(Claim::id).toList()));
      }
    }
    return named.isEmpty()
        ? all
        : all.stream().filter(claim -> named.contains(claim.id())).toList();
  }
}
