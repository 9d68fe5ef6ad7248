package io.github.primesim.functional;

/**
 * What the sense amplifiers of a layer gave out: how many codes were not zero, and how many were
 * the largest of their bits. Adds up.
 */
final class CodeStatistics {
  private long nonZero;
  private long largest;

  /**
   * Counts codes by their magnitude.
   *
   * @param codes with their signs; the first {@code count} are counted
   */
  void add(int[] codes, int count, int largestCode) {
    int ones = 0;
    int full = 0;
    for (int i = 0; i < count; i++) {
      int sign = codes[i] >> (Integer.SIZE - 1);
      int magnitude = (codes[i] ^ sign) - sign;
      // Without a branch: 1 for what is at least 1, and for what is at least the largest.
      ones += 1 - ((magnitude - 1) >>> (Integer.SIZE - 1));
      full += 1 - ((magnitude - largestCode) >>> (Integer.SIZE - 1));
    }
    nonZero += ones;
    largest += full;
  }

  long nonZero() {
    return nonZero;
  }

  long largest() {
    return largest;
  }
}
