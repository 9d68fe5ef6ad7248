package io.github.primesim.mapping;

import java.util.Arrays;

/**
 * The different non-zero columns of a pattern with the columns that have each: in a sparse row
 * block most columns hold one or two weights, and many are the same. Numbered by their first
 * column.
 */
final class DistinctColumns {
  /** Set bits of all patterns one after another; pattern p has those from {@code bitStart[p]}. */
  final int[] bit;

  final int[] bitStart;

  /** Columns of all patterns, ascending; pattern p has those from {@code columnStart[p]}. */
  final int[] column;

  final int[] columnStart;

  private DistinctColumns(int[] bit, int[] bitStart, int[] column, int[] columnStart) {
    this.bit = bit;
    this.bitStart = bitStart;
    this.column = column;
    this.columnStart = columnStart;
  }

  static DistinctColumns of(ColumnBits bits) {
    int columns = bits.columns();
    int[] patternOf = new int[columns];
    int[] first = new int[columns];
    int patterns = number(bits, patternOf, first);
    int[] columnStart = new int[patterns + 2];
    for (int p : patternOf) {
      if (p >= 0) {
        columnStart[p + 2]++;
      }
    }
    for (int p = 0; p < patterns; p++) {
      columnStart[p + 2] += columnStart[p + 1];
    }
    int[] column = new int[columnStart[patterns + 1]];
    for (int c = 0; c < columns; c++) {
      if (patternOf[c] >= 0) {
        column[columnStart[patternOf[c] + 1]++] = c;
      }
    }
    int[] bitStart = new int[patterns + 1];
    for (int p = 0; p < patterns; p++) {
      bitStart[p + 1] = bitStart[p] + bits.count(first[p]);
    }
    int[] bit = new int[bitStart[patterns]];
    for (int p = 0; p < patterns; p++) {
      bits.list(first[p], bit, bitStart[p]);
    }
    return new DistinctColumns(bit, bitStart, column, Arrays.copyOf(columnStart, patterns + 1));
  }

  /** Open addressing; zero columns get -1. */
  private static int number(ColumnBits bits, int[] patternOf, int[] first) {
    int columns = bits.columns();
    int[] table = new int[Integer.highestOneBit(columns) * 4];
    int patterns = 0;
    for (int c = 0; c < columns; c++) {
      if (bits.isZero(c)) {
        patternOf[c] = -1;
        continue;
      }
      int slot = bits.hash(c) & (table.length - 1);
      while (table[slot] != 0 && !bits.same(c, first[table[slot] - 1])) {
        slot = (slot + 1) & (table.length - 1);
      }
      if (table[slot] == 0) {
        first[patterns] = c;
        table[slot] = ++patterns;
      }
      patternOf[c] = table[slot] - 1;
    }
    return patterns;
  }

  /** Different patterns. */
  int patterns() {
    return bitStart.length - 1;
  }

  /** Columns in all. */
  int columns() {
    return column.length;
  }

  /** Columns of a pattern. */
  int multiplicity(int pattern) {
    return columnStart[pattern + 1] - columnStart[pattern];
  }
}
