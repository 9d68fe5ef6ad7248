package io.github.primesim.lowering;

import io.github.primesim.network.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In which bank's Buffer subarray each output of a layer lies: by position of the feature map, or
 * by channel where the positions of a layer were not shared out but its outputs were.
 */
final class Ownership {
  private final Shape shape;
  private final boolean byChannel;
  private final int[] banks;

  private Ownership(Shape shape, boolean byChannel, int[] banks) {
    this.shape = shape;
    this.byChannel = byChannel;
    this.banks = banks;
  }

  /**
   * @param banks bank of each position, row by row
   */
  static Ownership byPosition(Shape shape, int[] banks) {
    return new Ownership(shape, false, banks);
  }

  /**
   * @param banks bank of each channel
   */
  static Ownership byChannel(Shape shape, int[] banks) {
    return new Ownership(shape, true, banks);
  }

  /** Bank of a position; of the first channel where channels were shared out. */
  int bankOfPosition(int position) {
    return byChannel ? banks[0] : banks[position];
  }

  /** Values in each bank. */
  SortedMap<Integer, Long> valuesByBank() {
    SortedMap<Integer, Long> values = new TreeMap<>();
    long each = byChannel ? (long) shape.height() * shape.width() : shape.channels();
    for (int bank : banks) {
      values.merge(bank, each, Long::sum);
    }
    return values;
  }

  /** Values of all channels at {@code positions}, by the bank they lie in. */
  SortedMap<Integer, Long> valuesAt(BitSet positions) {
    SortedMap<Integer, Long> values = new TreeMap<>();
    if (byChannel) {
      long each = positions.cardinality();
      Arrays.stream(banks).forEach(bank -> values.merge(bank, each, Long::sum));
      return values;
    }
    for (int p = positions.nextSetBit(0); p >= 0; p = positions.nextSetBit(p + 1)) {
      values.merge(banks[p], (long) shape.channels(), Long::sum);
    }
    return values;
  }

  /** Single values, numbered channel by channel, by the bank they lie in. */
  SortedMap<Integer, Long> valuesOf(BitSet elements) {
    SortedMap<Integer, Long> values = new TreeMap<>();
    int area = shape.height() * shape.width();
    for (int e = elements.nextSetBit(0); e >= 0; e = elements.nextSetBit(e + 1)) {
      values.merge(banks[byChannel ? e / area : e % area], 1L, Long::sum);
    }
    return values;
  }
}
