package io.github.primesim.validation;

/** There is no figure of ours, for a reason that is no mistake of the claim. */
public final class AbsentFigureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A figure that cannot be had, and why. */
  public AbsentFigureException(String why) {
    super(why);
  }
}
