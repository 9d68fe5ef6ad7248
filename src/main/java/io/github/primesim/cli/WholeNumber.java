package io.github.primesim.cli;

import io.github.primesim.units.InputProblem;

/** The value of an option that is a whole number. */
final class WholeNumber {
  private WholeNumber() {}

  /**
   * Reads it.
   *
   * @throws InputProblem if it is none, or out of range
   */
  static int of(String option, String text, int least, int most) {
    return (int) of(option, text, (long) least, (long) most);
  }

  /** The same of a number that may be larger. */
  static long of(String option, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      // Java takes +5 too, files do not.
      if (value >= least && value <= most && !text.startsWith("+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new InputProblem(
        option + " '" + text + "': allowed: a whole number from " + least + " to " + most);
  }
}
