package io.github.primesim.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One command line run in this process.
 *
 * @param exit exit code
 * @param out everything on standard output
 * @param err everything on standard error
 */
public record CommandRun(int exit, String out, String err) {
  public static CommandRun of(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            // Maven runs tests in the root of the checkout, which is an installation.
            Path.of(""));
    int exit = Primesim.execute(terminal, arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
