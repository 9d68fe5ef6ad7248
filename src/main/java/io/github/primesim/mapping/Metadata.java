package io.github.primesim.mapping;

/**
 * Index memory a mapping needs.
 *
 * @param outputIndexBits bits that name the output of each bitline group
 * @param inputIndexBits bits that name the input of each wordline; where the order is {@link
 *     InputOrder#PERMUTED} they are needed only if the layer before cannot write in that order
 * @param tileBitmapBits bits that tell which tiles are there
 */
public record Metadata(long outputIndexBits, long inputIndexBits, long tileBitmapBits) {
  /** Nothing to remember. */
  public static final Metadata NONE = new Metadata(0, 0, 0);

  /** Bits of an index that tells {@code count} things apart. */
  static int indexBits(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /** Both together. */
  public Metadata plus(Metadata other) {
    return new Metadata(
        outputIndexBits + other.outputIndexBits,
        inputIndexBits + other.inputIndexBits,
        tileBitmapBits + other.tileBitmapBits);
  }

  /** All bits together. */
  public long bits() {
    return outputIndexBits + inputIndexBits + tileBitmapBits;
  }
}
