package io.github.primesim.mapping;

import io.github.primesim.network.IntegerMatrix;

/**
 * The zero pattern of columns, packed: a column is {@code words} 64-bit words, a set bit is a
 * non-zero.
 */
final class ColumnBits {
  private final int columns;
  private final int bitsPerColumn;
  private final int words;
  private final long[] bits;

  ColumnBits(int columns, int bitsPerColumn) {
    this.columns = columns;
    this.bitsPerColumn = bitsPerColumn;
    this.words = (bitsPerColumn + Long.SIZE - 1) / Long.SIZE;
    this.bits = new long[Math.multiplyExact(columns, words)];
  }

  /** One bit for each of {@code rows}, in their order. */
  static ColumnBits of(IntegerMatrix weights, int[] rows, Sign part) {
    ColumnBits result = new ColumnBits(weights.columns(), rows.length);
    short[] row = new short[weights.columns()];
    for (int i = 0; i < rows.length; i++) {
      weights.copyRow(rows[i], row);
      for (int c = 0; c < row.length; c++) {
        if (row[c] != 0 && part.holds(row[c])) {
          result.set(c, i);
        }
      }
    }
    return result;
  }

  void set(int column, int bit) {
    bits[column * words + bit / Long.SIZE] |= 1L << bit;
  }

  int columns() {
    return columns;
  }

  /** Bits of a column; the last word may have room for more. */
  int bitsPerColumn() {
    return bitsPerColumn;
  }

  long word(int column, int word) {
    return bits[column * words + word];
  }

  boolean isZero(int column) {
    return same(column, -1);
  }

  boolean same(int column, int other) {
    for (int w = 0; w < words; w++) {
      if (word(column, w) != (other < 0 ? 0 : word(other, w))) {
        return false;
      }
    }
    return true;
  }

  int hash(int column) {
    long hash = 0;
    for (int w = 0; w < words; w++) {
      hash = (hash ^ word(column, w)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }

  /** Set bits of a column. */
  int count(int column) {
    int count = 0;
    for (int w = 0; w < words; w++) {
      count += Long.bitCount(word(column, w));
    }
    return count;
  }

  /** Writes the set bits of a column to {@code target} from {@code from} on, ascending. */
  void list(int column, int[] target, int from) {
    int next = from;
    for (int w = 0; w < words; w++) {
      for (long rest = word(column, w); rest != 0; rest &= rest - 1) {
        target[next++] = w * Long.SIZE + Long.numberOfTrailingZeros(rest);
      }
    }
  }
}
