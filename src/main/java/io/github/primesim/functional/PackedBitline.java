package io.github.primesim.functional;

import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;

/**
 * The cells of a bitline, or of a pair of bitlines, cut into bits and packed like the inputs: a
 * word holds one bit of the cells on 32 wordlines, those that add current apart from those that
 * take it away. Words without a bit are left out.
 */
final class PackedBitline {
  final int column;
  final int slice;

  /** 1, or -1 where the result is subtracted. */
  final int direction;

  /** Of each term: the number of its word, the bit of the cells, and the bits of both signs. */
  private final int[] words;

  private final int[] bits;
  private final int[] adding;
  private final int[] taking;

  private PackedBitline(int column, int slice, int direction, int terms) {
    this.column = column;
    this.slice = slice;
    this.direction = direction;
    words = new int[terms];
    bits = new int[terms];
    adding = new int[terms];
    taking = new int[terms];
  }

  /** The bitline of weight slice {@code slice} of a weight column. */
  static PackedBitline of(
      Sign sign, int[] rows, int column, int slice, IntegerMatrix weights, Formats formats) {
    int cellBits = formats.cellBits();
    int words = PackedInputs.words(rows.length);
    int[] add = new int[words * cellBits];
    int[] take = new int[words * cellBits];
    for (int wordline = 0; wordline < rows.length; wordline++) {
      int weight = weights.at(rows[wordline], column);
      int level = sign.holds(weight) ? formats.cell(Math.abs(weight), slice) : 0;
      int[] target = sign == Sign.PAIR && weight < 0 ? take : add;
      int at = wordline / Integer.SIZE * cellBits;
      for (int bit = 0; level >> bit != 0; bit++) {
        target[at + bit] |= (level >> bit & 1) << wordline % Integer.SIZE;
      }
    }
    int terms = 0;
    for (int i = 0; i < add.length; i++) {
      terms += (add[i] | take[i]) == 0 ? 0 : 1;
    }
    PackedBitline bitline = new PackedBitline(column, slice, sign == Sign.NEGATIVE ? -1 : 1, terms);
    int term = 0;
    for (int i = 0; i < add.length; i++) {
      if ((add[i] | take[i]) != 0) {
        bitline.words[term] = i / cellBits;
        bitline.bits[term] = i % cellBits;
        bitline.adding[term] = add[i];
        bitline.taking[term++] = take[i];
      }
    }
    return bitline;
  }

  /** Whether all cells are at level 0. */
  boolean empty() {
    return words.length == 0;
  }

  /**
   * What the cells give for each input vector, in units of level x level.
   *
   * @param lowest lowest input bit of the input slice
   * @param highest input bit above its highest one
   * @param sums is overwritten; as long as the block has vectors
   */
  void sum(PackedInputs inputs, int lowest, int highest, int[] sums) {
    Arrays.fill(sums, 0);
    for (int term = 0; term < words.length; term++) {
      int word = words[term];
      int bit = lowest;
      for (; bit + 3 <= highest; bit += 3) {
        int shift = bits[term] + bit - lowest;
        int[] a = inputs.plane(bit, word);
        int[] b = inputs.plane(bit + 1, word);
        int[] c = inputs.plane(bit + 2, word);
        if (adding[term] != 0) {
          add(a, b, c, adding[term], shift, sums);
        }
        if (taking[term] != 0) {
          take(a, b, c, taking[term], shift, sums);
        }
      }
      for (; bit < highest; bit++) {
        int shift = bits[term] + bit - lowest;
        add(inputs.plane(bit, word), adding[term], shift, sums);
        take(inputs.plane(bit, word), taking[term], shift, sums);
      }
    }
  }

  // Short loops without a branch and without an offset, so that they run in vector registers.

  private static void add(int[] a, int[] b, int[] c, int cells, int shift, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] +=
          (Integer.bitCount(a[i] & cells)
                  + (Integer.bitCount(b[i] & cells) << 1)
                  + (Integer.bitCount(c[i] & cells) << 2))
              << shift;
    }
  }

  private static void take(int[] a, int[] b, int[] c, int cells, int shift, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -=
          (Integer.bitCount(a[i] & cells)
                  + (Integer.bitCount(b[i] & cells) << 1)
                  + (Integer.bitCount(c[i] & cells) << 2))
              << shift;
    }
  }

  private static void add(int[] a, int cells, int shift, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += Integer.bitCount(a[i] & cells) << shift;
    }
  }

  private static void take(int[] a, int cells, int shift, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] -= Integer.bitCount(a[i] & cells) << shift;
    }
  }
}
