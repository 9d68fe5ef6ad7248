package io.github.primesim.units;

/**
 * Something the user gave cannot be used: a file, a key, an option or a combination of them.
 *
 * <p>The message is one line that names the file, the key or line, the value found and what is
 * allowed. The command line prints it alone and exits with status 2.
 */
public final class InputProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputProblem(String message) {
    super(oneLine(message));
  }

  public InputProblem(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Line breaks inside a quoted value must not break the one-line contract. */
  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
