package io.github.primesim.functional;

/**
 * Input levels of the wordlines of a crossbar, cut into bits and packed: a word holds one bit of 32
 * wordlines for one input vector. Work space: filled again for other wordlines.
 */
final class PackedInputs {
  private final int bits;
  private int vectors;

  /** By bit, the least significant first, and word: a value for each vector. */
  private int[][][] planes = new int[0][][];

  /** Levels of one wordline. */
  private int[] row = new int[0];

  /**
   * @param bits bits of a level
   */
  PackedInputs(int bits) {
    this.bits = bits;
  }

  /** Words that {@code rows} wordlines take. */
  static int words(int rows) {
    return (rows + Integer.SIZE - 1) / Integer.SIZE;
  }

  /**
   * Packs a block of input vectors.
   *
   * @param levels a row of {@code stride} vectors for each weight row
   * @param rows weight row of each wordline
   * @param first first vector of the block
   * @param count vectors of the block
   */
  void fill(int[] levels, int stride, int[] rows, int first, int count) {
    vectors = count;
    planes = new int[bits][words(rows.length)][count];
    row = row.length == count ? row : new int[count];
    for (int wordline = 0; wordline < rows.length; wordline++) {
      System.arraycopy(levels, rows[wordline] * stride + first, row, 0, count);
      for (int bit = 0; bit < bits; bit++) {
        pack(row, bit, wordline % Integer.SIZE, planes[bit][wordline / Integer.SIZE]);
      }
    }
  }

  // Without an offset, so that it runs in vector registers.
  private static void pack(int[] levels, int bit, int place, int[] plane) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] |= ((levels[i] >>> bit) & 1) << place;
    }
  }

  /** Input vectors of the block. */
  int vectors() {
    return vectors;
  }

  /** One bit of 32 wordlines, for each vector. */
  int[] plane(int bit, int word) {
    return planes[bit][word];
  }
}
