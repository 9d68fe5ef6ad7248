package io.github.primesim.validation;

/** A stored figure of ours is not one of what is installed. */
final class StaleFigureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A figure that does not count any more, and why. */
  StaleFigureException(String why) {
    super(why);
  }
}
