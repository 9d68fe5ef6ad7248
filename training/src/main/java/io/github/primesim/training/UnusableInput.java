package io.github.primesim.training;

/**
 * Something the user gave cannot be used: a file, an option, or a program that is missing.
 *
 * <p>The message is one line that says what was found and what is wanted. The command line prints
 * it alone and exits with status 2.
 */
public final class UnusableInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnusableInput(String message) {
    super(message.replaceAll("\\s*\\R\\s*", " ").strip());
  }

  public UnusableInput(String message, Throwable cause) {
    super(message.replaceAll("\\s*\\R\\s*", " ").strip(), cause);
  }
}
