package io.github.primesim.benchmark;

import java.util.SplittableRandom;

/** How delays are distributed; all are whole cycles and at least one. */
public enum Distribution {
  /** Uniform over 1..100 cycles: the latencies of clocked hardware, with many ties. */
  CLOCKED {
    @Override
    int draw(SplittableRandom random) {
      return 1 + random.nextInt(100);
    }
  },
  /** Exponential with a mean of 1,000 cycles: 2 % lie beyond the wheel. */
  EXPONENTIAL {
    @Override
    int draw(SplittableRandom random) {
      return exponential(random, 1_000);
    }
  },
  /** Exponential with a mean of 100,000 cycles: 96 % lie beyond the wheel. */
  FAR {
    @Override
    int draw(SplittableRandom random) {
      return exponential(random, 100_000);
    }
  };

  abstract int draw(SplittableRandom random);

  private static int exponential(SplittableRandom random, int mean) {
    return 1 + (int) (-mean * Math.log1p(-random.nextDouble()));
  }
}
