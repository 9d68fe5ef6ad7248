package io.github.primesim.units;

/** The value of an option or of a key that is a whole number. */
public final class WholeNumber {
  private WholeNumber() {}

  /**
   * Reads it.
   *
   * @throws InputProblem if it is none, or out of range
   */
  public static int of(String name, String text, int least, int most) {
    return (int) of(name, text, (long) least, (long) most);
  }

  /** The same of a number that may be larger. */
  public static long of(String name, String text, long least, long most) {
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
        name + " '" + text + "': allowed: a whole number from " + least + " to " + most);
  }
}
