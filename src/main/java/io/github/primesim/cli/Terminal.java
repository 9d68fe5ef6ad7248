package io.github.primesim.cli;

import io.github.primesim.units.InputProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the program runs: its two streams, what they can show, and where it is installed.
 *
 * @param out standard output: results and nothing else
 * @param err standard error: one line a problem, progress
 * @param shown whether standard output is a terminal
 * @param interactive whether somebody watches standard error
 * @param columns width of the terminal, or the one that is wished for; empty where nobody says
 * @param unicode whether block characters are shown
 * @param installation folder that holds {@code hw-configs/} and {@code networks/}
 */
record Terminal(
    OutputStream out,
    PrintStream err,
    boolean shown,
    boolean interactive,
    OptionalInt columns,
    boolean unicode,
    Path installation) {
  /** What a terminal has had since there are any. */
  private static final int USUAL_COLUMNS = 80;

  /** The terminal of this process, as {@code bin/primesim} describes it in system properties. */
  static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("primesim.shown"),
        Boolean.getBoolean("primesim.terminal"),
        columns(System.getProperty("primesim.columns", "")),
        !Boolean.getBoolean("primesim.ascii") && showsUnicode(System.getenv()),
        home());
  }

  /** Where the program was started from: the checkout, unless something else was said. */
  static Path home() {
    return Path.of(System.getProperty("primesim.home", ""));
  }

  /** A width in words; empty for what is none, such as the 0 of a terminal that does not know. */
  static OptionalInt columns(String text) {
    return text.matches("[1-9]\\d{0,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** Columns of a line that is written over and over, one less than would wrap it. */
  int lineColumns() {
    return Math.max(1, columns.orElse(USUAL_COLUMNS) - 1);
  }

  /** The first of the locale variables that is set decides, as in POSIX. */
  static boolean showsUnicode(Map<String, String> environment) {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  /**
   * Writes to standard output. A reader that has seen enough and closed the pipe is no problem.
   *
   * @throws InputProblem if the text cannot be written for another reason
   */
  void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
        throw new InputProblem("standard output: cannot be written: " + e.getMessage(), e);
      }
    }
  }
}
