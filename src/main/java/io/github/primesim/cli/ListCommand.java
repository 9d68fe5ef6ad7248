package io.github.primesim.cli;

import io.github.primesim.config.Catalogue;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.experiment.HardwareFacts;
import io.github.primesim.report.HardwareText;
import io.github.primesim.report.ListingText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code primesim list}: what is bundled. */
@Command(
    name = "list",
    description = "Lists what is bundled, one name a line with a word on it.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim list networks",
      "  primesim list hardware",
      "  primesim list mappings --json",
    })
final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "networks|hardware|mappings",
      arity = "1",
      completionCandidates = Candidates.Kinds.class,
      description = "What to list.")
  private String what;

  @Option(names = "--json", description = "Prints one JSON object, whole descriptions by name.")
  private boolean json;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, String> entries = Catalogue.of(terminal.installation(), what);
    terminal.print(json ? ListingText.json(entries) : text(entries));
    if (what.equals("hardware") && !json) {
      terminal.print(
          "\n" + HardwareText.summary(entries.keySet().stream().map(this::facts).toList()));
    }
    return Primesim.DONE;
  }

  /** Only what would wrap is cut: who reads a pipe gets all of it. */
  private String text(Map<String, String> entries) {
    return terminal.shown() && terminal.columns().isPresent()
        ? ListingText.text(entries, terminal.columns().getAsInt())
        : ListingText.text(entries);
  }

  private HardwareFacts facts(String hardware) {
    return HardwareFacts.of(
        HardwareFiles.load(terminal.installation(), hardware, List.of()).spec());
  }
}
