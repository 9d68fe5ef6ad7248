package io.github.primesim.mapping;

import java.util.SplittableRandom;

/**
 * What a scheme may be given beside the weights. Neither changes what a mapping is worth: the seed
 * is for schemes that draw, and any number of threads gives the same mapping.
 *
 * @param seed seed of whatever a scheme draws
 * @param threads row blocks or signs worked on at once, at least 1
 */
public record MappingOptions(long seed, int threads) {
  private static final long PART_STEP = 0xD1B5_4A32_D192_ED03L;

  /** A fixed seed and a single thread. */
  public static final MappingOptions DEFAULT = new MappingOptions(1, 1);

  public MappingOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
  }

  /** Random numbers for one part of the work, unrelated to those of other parts. */
  SplittableRandom random(long part) {
    return new SplittableRandom(new SplittableRandom(seed + part * PART_STEP).nextLong());
  }
}
