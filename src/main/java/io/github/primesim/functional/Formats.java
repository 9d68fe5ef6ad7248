package io.github.primesim.functional;

import io.github.primesim.hardware.Quantization;

/**
 * The number formats that a calibration holds for.
 *
 * @param inputBits bits of an input's magnitude
 * @param inputSliceBits bits a wordline driver applies at a time
 * @param weightBits bits of a weight's magnitude
 * @param cellBits bits of a cell
 * @param outputBits bits of an output
 */
public record Formats(
    int inputBits, int inputSliceBits, int weightBits, int cellBits, int outputBits) {
  public Formats {
    positive(inputBits, "inputBits");
    positive(inputSliceBits, "inputSliceBits");
    positive(weightBits, "weightBits");
    positive(cellBits, "cellBits");
    positive(outputBits, "outputBits");
  }

  private static void positive(int bits, String key) {
    if (bits < 1 || bits > 15) {
      throw new IllegalArgumentException(key + " is " + bits + ", allowed: 1 to 15");
    }
  }

  // Written out: the virtual machine takes milliseconds to put together the one that a record has
  // by itself, and every run compares formats once.
  @Override
  public boolean equals(Object other) {
    return other instanceof Formats formats
        && formats.inputBits == inputBits
        && formats.inputSliceBits == inputSliceBits
        && formats.weightBits == weightBits
        && formats.cellBits == cellBits
        && formats.outputBits == outputBits;
  }

  @Override
  public int hashCode() {
    return (((inputBits * 16 + inputSliceBits) * 16 + weightBits) * 16 + cellBits) * 16
        + outputBits;
  }

  /** The formats of a memory. */
  public static Formats of(Quantization quantization) {
    return new Formats(
        quantization.inputBits().count(),
        quantization.inputSliceBits().count(),
        quantization.weightBits().count(),
        quantization.cellBits().count(),
        quantization.outputBits().count());
  }

  /** The highest input level. */
  public int highestInput() {
    return (1 << inputBits) - 1;
  }

  /** Slices of an input. */
  public int inputSlices() {
    return (inputBits + inputSliceBits - 1) / inputSliceBits;
  }

  /** The highest level of an input slice: the most significant one may have fewer bits. */
  public int highestLevel(int slice) {
    return inputSlice(highestInput(), slice);
  }

  /** Cells of a weight. */
  public int weightSlices() {
    return (weightBits + cellBits - 1) / cellBits;
  }

  /** Level of slice {@code slice} of an input, slices counted from the most significant one. */
  public int inputSlice(int level, int slice) {
    return (level >> inputShift(slice)) & ((1 << inputSliceBits) - 1);
  }

  /** The same of many levels, those from {@code from} on. */
  void inputSlices(int[] levels, int from, int slice, int[] target) {
    int shift = inputShift(slice);
    int mask = (1 << inputSliceBits) - 1;
    for (int i = 0; i < target.length; i++) {
      target[i] = (levels[from + i] >> shift) & mask;
    }
  }

  /** Level of the cell of weight slice {@code slice}, from the most significant one. */
  public int cell(int magnitude, int slice) {
    return (magnitude >> weightShift(slice)) & ((1 << cellBits) - 1);
  }

  /** Binary weight of an input slice. */
  public int inputShift(int slice) {
    return (inputSlices() - 1 - slice) * inputSliceBits;
  }

  /** Binary weight of a weight slice. */
  public int weightShift(int slice) {
    return (weightSlices() - 1 - slice) * cellBits;
  }
}
