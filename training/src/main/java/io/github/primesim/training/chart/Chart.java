package io.github.primesim.training.chart;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws two columns of a table against each other, a curve for each value of a third. */
@Command(
    name = "training/chart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draws columns of a CSV file as curves; writes SVG.")
public final class Chart implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "CSV with a header line")
  private Path file;

  @Option(names = "--x", paramLabel = "COLUMN", required = true, description = "abscissa")
  private String abscissa;

  @Option(names = "--y", paramLabel = "COLUMN", required = true, description = "ordinate")
  private String ordinate;

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      required = true,
      description = "a curve for each of its values, in the order of the file")
  private String series;

  @Option(names = "--percent", description = "shares of one, shown in percent")
  private boolean percent;

  @Option(names = "--title", paramLabel = "TEXT", description = "default: the file's name")
  private Optional<String> title;

  @Option(names = "--x-title", paramLabel = "TEXT", description = "default: the column's name")
  private Optional<String> abscissaTitle;

  @Option(names = "--y-title", paramLabel = "TEXT", description = "default: the column's name")
  private Optional<String> ordinateTitle;

  @Option(names = "--out", paramLabel = "FILE.svg", required = true, description = "the picture")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with its error handling. */
  static CommandLine commandLine() {
    return new CommandLine(new Chart())
        .setParameterExceptionHandler(
            (e, given) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof UnusableInput || e instanceof IOException) {
                command.getErr().println(e.getMessage());
                return CommandLine.ExitCode.USAGE;
              }
              throw e;
            });
  }

  @Override
  public Integer call() throws IOException {
    CurveChart chart =
        new CurveChart(
            title.orElse(file.getFileName().toString()),
            abscissaTitle.orElse(abscissa),
            ordinateTitle.orElse(ordinate),
            curves());
    AtomicFile.write(out, chart::svg);
    return CommandLine.ExitCode.OK;
  }

  private Map<String, SortedMap<Double, Double>> curves() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput(file + ": no such file");
    }
    Map<String, SortedMap<Double, Double>> curves = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder().ofNamedCsvRecord(file, StandardCharsets.UTF_8)) {
      for (NamedCsvRecord line : records) {
        curves
            .computeIfAbsent(text(line, series), key -> new TreeMap<>())
            .put(number(line, abscissa), number(line, ordinate));
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new UnusableInput(file + ": is no CSV file: " + e.getMessage(), e);
    }
    if (curves.isEmpty()) {
      throw new UnusableInput(file + ": has no line below its header");
    }
    return curves;
  }

  private String text(NamedCsvRecord line, String column) {
    return line.findField(column)
        .orElseThrow(
            () ->
                new UnusableInput(
                    file
                        + ": has no column "
                        + column
                        + " in line "
                        + line.getStartingLineNumber()
                        + ", allowed: "
                        + String.join(", ", line.getHeader())));
  }

  private double number(NamedCsvRecord line, String column) {
    String field = text(line, column);
    try {
      return (percent ? 100 : 1) * Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw new UnusableInput(
          file
              + ": line "
              + line.getStartingLineNumber()
              + ", column "
              + column
              + ": '"
              + field
              + "' is no number",
          e);
    }
  }
}
