package io.github.primesim.lowering;

import io.github.primesim.network.Shape;
import io.github.primesim.network.View;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;

/**
 * In which bank's Buffer subarray each output of a layer lies: by position of the feature map, by
 * channel where the positions of a layer were not shared out but its outputs were, or value by
 * value where a view has mixed them.
 */
final class Ownership {
  /** Stands for the memory subarrays: such values are fetched into whichever bank needs them. */
  static final int MEMORY = -1;

  private enum Kind {
    POSITION,
    CHANNEL,
    VALUE
  }

  private final Shape shape;
  private final Kind kind;
  private final int[] banks;

  private Ownership(Shape shape, Kind kind, int[] banks) {
    this.shape = shape;
    this.kind = kind;
    this.banks = banks;
  }

  /** Values that lie in memory, such as inputs of the network. */
  static Ownership inMemory(Shape shape) {
    int[] banks = new int[shape.area()];
    Arrays.fill(banks, MEMORY);
    return byPosition(shape, banks);
  }

  /** Where the values of a view lie: where they lay before. */
  Ownership view(View view) {
    if (Arrays.stream(banks).allMatch(bank -> bank == banks[0])) {
      int[] positions = new int[view.shape().area()];
      Arrays.fill(positions, banks[0]);
      return byPosition(view.shape(), positions);
    }
    int[] values = view.places();
    for (int i = 0; i < values.length; i++) {
      values[i] = bankOf(values[i]);
    }
    return new Ownership(view.shape(), Kind.VALUE, values);
  }

  /** Where the values of several layers behind one another lie. */
  static Ownership concatenation(Shape shape, List<Ownership> parts) {
    Ownership first = parts.get(0);
    if (parts.stream().allMatch(part -> part.kind == Kind.POSITION)
        && parts.stream().allMatch(part -> Arrays.equals(part.banks, first.banks))) {
      return byPosition(shape, first.banks);
    }
    int[] values = new int[shape.size()];
    int at = 0;
    for (Ownership part : parts) {
      for (int i = 0; i < part.shape.size(); i++) {
        values[at++] = part.bankOf(i);
      }
    }
    return new Ownership(shape, Kind.VALUE, values);
  }

  /** Bank of a single value, numbered channel by channel. */
  private int bankOf(int value) {
    return switch (kind) {
      case POSITION -> banks[value % shape.area()];
      case CHANNEL -> banks[value / shape.area()];
      case VALUE -> banks[value];
    };
  }

  /**
   * @param banks bank of each position, row by row
   */
  static Ownership byPosition(Shape shape, int[] banks) {
    return new Ownership(shape, Kind.POSITION, banks);
  }

  /**
   * @param banks bank of each channel
   */
  static Ownership byChannel(Shape shape, int[] banks) {
    return new Ownership(shape, Kind.CHANNEL, banks);
  }

  /**
   * Bank in which a position is handled; that of its first channel where channels were shared out,
   * the first bank for what lies in memory.
   */
  int bankOfPosition(int position) {
    return Math.max(0, bankOf(position));
  }

  /** Values in each bank. */
  SortedMap<Integer, Long> valuesByBank() {
    BankCounts values = new BankCounts();
    long each = 1;
    if (kind != Kind.VALUE) {
      each = kind == Kind.CHANNEL ? shape.area() : shape.channels();
    }
    for (int bank : banks) {
      values.add(bank, each);
    }
    return values.sorted();
  }

  /** Values of all channels at {@code positions}, by the bank they lie in. */
  SortedMap<Integer, Long> valuesAt(BitSet positions) {
    BankCounts values = new BankCounts();
    if (kind == Kind.CHANNEL) {
      long each = positions.cardinality();
      for (int bank : banks) {
        values.add(bank, each);
      }
      return values.sorted();
    }
    for (int p = positions.nextSetBit(0); p >= 0; p = positions.nextSetBit(p + 1)) {
      if (kind == Kind.POSITION) {
        values.add(banks[p], shape.channels());
      } else {
        for (int value = p; value < banks.length; value += shape.area()) {
          values.add(banks[value], 1);
        }
      }
    }
    return values.sorted();
  }

  /** Single values, numbered channel by channel, by the bank they lie in. */
  SortedMap<Integer, Long> valuesOf(BitSet elements) {
    BankCounts values = new BankCounts();
    for (int e = elements.nextSetBit(0); e >= 0; e = elements.nextSetBit(e + 1)) {
      values.add(bankOf(e), 1);
    }
    return values.sorted();
  }
}
