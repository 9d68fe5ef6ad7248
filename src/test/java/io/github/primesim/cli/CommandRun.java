package io.github.primesim.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One command line run in this process.
 *
 * @param exit exit code
 * @param out everything on standard output
 * @param err everything on standard error
 */
public record CommandRun(int exit, String out, String err) {
  /** In the checkout, which Maven runs tests in and which is an installation. */
  public static CommandRun of(String... arguments) {
    return run(Path.of(""), arguments);
  }

  /** In another installation. */
  static CommandRun in(Path installation, String command, String... arguments) {
    return run(
        installation,
        Stream.concat(Stream.of(command), Arrays.stream(arguments)).toArray(String[]::new));
  }

  /** On a terminal for both streams, of so many columns. */
  static CommandRun onTerminal(int columns, String... arguments) {
    return run(Path.of(""), true, OptionalInt.of(columns), arguments);
  }

  /** Into pipes, where somebody wishes for so many columns. */
  static CommandRun wishing(int columns, String... arguments) {
    return run(Path.of(""), false, OptionalInt.of(columns), arguments);
  }

  private static CommandRun run(Path installation, String... arguments) {
    return run(installation, false, OptionalInt.empty(), arguments);
  }

  private static CommandRun run(
      Path installation, boolean shown, OptionalInt columns, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            shown,
            shown,
            columns,
            false,
            installation);
    int exit = Primesim.execute(terminal, arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
