package io.github.primesim.functional;

/** What becomes of the sums on the bitlines. */
interface Conversion {
  /** Whether the part of an input slice and a weight slice is converted at all. */
  boolean converts(int inputSlice, int weightSlice);

  /**
   * Adds the contribution of one bitline to its output, for a number of input vectors.
   *
   * @param sums what the cells of weight slice {@code weightSlice} give under input slice {@code
   *     inputSlice}, in units of level x level; negative only where a pair is subtracted before the
   *     conversion
   * @param direction 1, or -1 where the result is subtracted
   * @param at where the output of the first input vector is
   */
  void convert(int inputSlice, int weightSlice, int[] sums, int direction, long[] output, int at);
}
