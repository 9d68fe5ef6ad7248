package io.github.primesim.functional;

import io.github.primesim.hardware.ConversionBits;

/**
 * The sense amplifiers of PRIME: every composed part of a product is converted with few bits, in a
 * window that all parts of a layer share.
 *
 * <p>With inputs cut into 3-bit and weights into 4-bit slices a product is 2^7 HH + 2^4 HL + 2^3 LH
 * + LL (HL: high half of the weight, low half of the input). HH is converted with 6 bits, HL with
 * 3, LH with 2, LL not at all. The codes of all parts count in the same least significant bit; a
 * part saturates at the largest code of its bits. The sign is kept apart.
 *
 * <p>The counter of a sense amplifier runs until its reference reaches the input, which truncates
 * towards zero. The reference is taken to begin half a step low, part of the calibration of the
 * window, so that the code is the nearest one, halves away from zero. Without that each part of
 * each row block loses half a step on average, always towards zero: ResNet-20 on 32 x 32 pairs has
 * 77 of the first 200 photographs right instead of 176.
 *
 * <p>Source: PRIME, III-D; window and half step are additions, see {@link Calibration}.
 */
final class PrimeArithmetic implements Conversion {

  /** The largest code of each part, 0 where it is not converted. */
  private final int[][] largestCode;

  /** Binary places between the unit of a part's sum and the least significant bit. */
  private final int[][] places;

  /** Work space. */
  private int[] codes = new int[0];

  /**
   * @param bits bits of each part
   * @param lsbExponent the least significant bit is 2^lsbExponent products of input level 1 and
   *     weight 1
   */
  PrimeArithmetic(Formats formats, ConversionBits bits, int lsbExponent) {
    int inputs = formats.inputSlices();
    int weights = formats.weightSlices();
    largestCode = new int[inputs][weights];
    places = new int[inputs][weights];
    for (int i = 0; i < inputs; i++) {
      for (int w = 0; w < weights; w++) {
        largestCode[i][w] = (1 << bits.bits(i, w)) - 1;
        places[i][w] = lsbExponent - formats.inputShift(i) - formats.weightShift(w);
      }
    }
  }

  @Override
  public boolean converts(int inputSlice, int weightSlice) {
    return largestCode[inputSlice][weightSlice] > 0;
  }

  @Override
  public void convert(
      int inputSlice, int weightSlice, int[] sums, int direction, long[] output, int at) {
    code(inputSlice, weightSlice, sums, direction);
    for (int i = 0; i < sums.length; i++) {
      output[at + i] += codes[i];
    }
  }

  /** The same arithmetic, which counts into {@code statistics} what it gives out. */
  Conversion counting(CodeStatistics statistics) {
    return new Conversion() {
      @Override
      public boolean converts(int inputSlice, int weightSlice) {
        return PrimeArithmetic.this.converts(inputSlice, weightSlice);
      }

      @Override
      public void convert(
          int inputSlice, int weightSlice, int[] sums, int direction, long[] output, int at) {
        PrimeArithmetic.this.convert(inputSlice, weightSlice, sums, direction, output, at);
        statistics.add(codes, sums.length, largestCode[inputSlice][weightSlice]);
      }
    };
  }

  /** Puts the codes of {@code sums} into the work space, with their signs. */
  private void code(int inputSlice, int weightSlice, int[] sums, int direction) {
    int largest = largestCode[inputSlice][weightSlice];
    int down = Math.min(Math.max(0, places[inputSlice][weightSlice]), Integer.SIZE - 2);
    // A sum of 1 moved up by as many places as an integer code can have is beyond any code.
    int up = Math.min(Math.max(0, -places[inputSlice][weightSlice]), Short.SIZE);
    int half = 1 << down >> 1;
    if (codes.length < sums.length) {
      codes = new int[sums.length];
    }
    code(sums, codes, down, half, up, largest, direction >> (Integer.SIZE - 1));
  }

  /**
   * The code of each sum, with its sign. Written without branches, minima and absolute values,
   * which Java 17 does not compute on several values at a time: that is half of the time of an
   * inference.
   *
   * @param turned 0, or -1 where the results are to be subtracted
   */
  private static void code(
      int[] sums, int[] codes, int down, int half, int up, int largest, int turned) {
    for (int i = 0; i < sums.length; i++) {
      int sign = sums[i] >> (Integer.SIZE - 1);
      int beyond = (((sums[i] ^ sign) - sign + half) >> down) - largest;
      int moved = ((largest + (beyond & (beyond >> (Integer.SIZE - 1)))) << up) - largest;
      int code = largest + (moved & (moved >> (Integer.SIZE - 1)));
      int negative = sign ^ turned;
      codes[i] = (code ^ negative) - negative;
    }
  }
}
