package io.github.primesim.lowering;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by bank; {@link Ownership#MEMORY} counts as one too. */
final class BankCounts {
  private static final int FEW = 64;

  private long[] counts = new long[FEW];

  void add(int bank, long count) {
    int place = bank - Ownership.MEMORY;
    if (place >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * place);
    }
    counts[place] += count;
  }

  /** What is not zero. */
  SortedMap<Integer, Long> sorted() {
    SortedMap<Integer, Long> sorted = new TreeMap<>();
    for (int place = 0; place < counts.length; place++) {
      if (counts[place] != 0) {
        sorted.put(place + Ownership.MEMORY, counts[place]);
      }
    }
    return sorted;
  }
}
