package io.github.primesim.cli;

import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.ReportPage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code primesim report}: the results of a folder as one HTML page. */
@Command(
    name = "report",
    description =
        "Writes DIR/report.html: the results of DIR as one page with charts and tables. It opens from"
            + " a file and needs no network.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim run --network lenet5-mnist --compare dense --out results",
      "  primesim report results",
    })
final class ReportCommand implements Callable<Integer> {
  private static final String PAGE = "report.html";

  private final Terminal terminal;

  @Parameters(
      paramLabel = "DIR",
      arity = "1",
      description =
          "A folder that 'primesim run --out' or 'primesim sweep --out' wrote; shards in it are put together.")
  private Path folder;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String page = ReportPage.of(folder);
    try (OutputFolder output = OutputFolder.open(folder)) {
      output.put(PAGE, page).publish();
    }
    terminal.print(folder.resolve(PAGE) + "\n");
    return Primesim.DONE;
  }
}
