package io.github.primesim.trace;

import java.util.List;
import java.util.Locale;

/**
 * What a trace may hold. The limits are far above any network, and low enough that no sum over a
 * trace overflows and no short file asks for much memory.
 */
final class Bounds {
  /**
   * Largest count, and largest sum of a count over all iterations of a trace. Every such sum is
   * exact in a {@code double} too, as readers of JSON need it.
   */
  static final long MOST = 1L << 53;

  /** Largest number of a bank, subarray or mat. */
  static final int MOST_INDEX = (1 << 16) - 1;

  /** Most weight columns on a sense amplifier, and most passes. */
  static final int MOST_ROUNDS = 1 << 20;

  /** Most slices of an input, and most conversions of a slice. */
  static final int MOST_SLICES = 64;

  /** Most blocks inside each other, the program counted. */
  static final int MOST_NESTING = 32;

  /** Most programs of a trace. */
  static final int MOST_PROGRAMS = 1 << 18;

  /** Most steps of all programs together, as written. */
  static final int MOST_STEPS = 1 << 25;

  private Bounds() {}

  static long require(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s is %d, allowed is %d to %d", what, value, least, most));
    }
    return value;
  }

  static void count(String what, long value) {
    require(what, value, 0, MOST);
  }

  static void index(String what, long value) {
    require(what, value, 0, MOST_INDEX);
  }

  static void mats(int firstMat, int mats) {
    index("first mat", firstMat);
    require("number of mats", mats, 1, MOST_INDEX + 1L - firstMat);
  }

  static void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is " + value + ", allowed is 0 to 1");
    }
  }

  static void oneOf(String what, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          what + " is '" + value + "', allowed is one of " + String.join(", ", allowed));
    }
  }

  /** Sum of two numbers from 0 to {@link #MOST}, or a number above {@link #MOST}. */
  static long plus(long a, long b) {
    return a > MOST || b > MOST ? MOST + 1 : a + b;
  }

  /** Product of two numbers from 0 to {@link #MOST}, or a number above {@link #MOST}. */
  static long times(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return a > MOST / b ? MOST + 1 : a * b;
  }
}
