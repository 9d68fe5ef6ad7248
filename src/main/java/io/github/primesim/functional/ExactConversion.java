package io.github.primesim.functional;

/** Sums as they are, at their binary weight: slices recombined give the exact product. */
record ExactConversion(Formats formats) implements Conversion {
  @Override
  public boolean converts(int inputSlice, int weightSlice) {
    return true;
  }

  @Override
  public void convert(
      int inputSlice, int weightSlice, int[] sums, int direction, long[] output, int at) {
    int shift = formats.inputShift(inputSlice) + formats.weightShift(weightSlice);
    for (int i = 0; i < sums.length; i++) {
      output[at + i] += ((long) direction * sums[i]) << shift;
    }
  }
}
