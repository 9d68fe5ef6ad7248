package io.github.primesim.benchmark;

import java.util.SplittableRandom;

/**
 * An endless stream of delays from a table drawn once, so that no engine pays for random numbers
 * and all engines see the same delays.
 */
final class Delays {
  private static final int SIZE = 1 << 14;

  private final int[] table = new int[SIZE];
  private int next;

  Delays(Distribution distribution) {
    SplittableRandom random = new SplittableRandom(20160618);
    for (int i = 0; i < SIZE; i++) {
      table[i] = distribution.draw(random);
    }
  }

  int next() {
    next = (next + 1) & (SIZE - 1);
    return table[next];
  }
}
