package io.github.primesim.kernel;

/**
 * The buckets of a timing wheel, of which those in use are found through a two-level bitmap. A
 * bucket is the last slot of a circular list.
 */
final class Wheel {
  static final int SPAN_LOG2 = 12;
  static final int SPAN = 1 << SPAN_LOG2;
  static final int MASK = SPAN - 1;

  final int[] tails = new int[SPAN];
  private final long[] occupied = new long[SPAN / Long.SIZE];
  private long occupiedWords;

  /** The bucket of a tick or block. */
  static int bucket(long number) {
    return (int) number & MASK;
  }

  boolean isEmpty() {
    return occupiedWords == 0;
  }

  /** A bucket has got its first event. */
  void occupy(int bucket) {
    occupied[bucket >> 6] |= 1L << bucket;
    occupiedWords |= 1L << (bucket >> 6);
  }

  /** Empties a bucket. */
  void clear(int bucket) {
    tails[bucket] = EventList.NONE;
    long word = occupied[bucket >> 6] & ~(1L << bucket);
    occupied[bucket >> 6] = word;
    if (word == 0) {
      occupiedWords &= ~(1L << (bucket >> 6));
    }
  }

  /** Buckets from {@code start} to the first one in use, once around; one must be in use. */
  int distance(int start) {
    int word = start >> 6;
    long bits = occupied[word] & (-1L << start);
    if (bits == 0) {
      // Shifting -2 rather than -1 by one more keeps the shift below 64 for the last word.
      long later = occupiedWords & (-2L << word);
      word = Long.numberOfTrailingZeros(later != 0 ? later : occupiedWords);
      bits = occupied[word];
    }
    return ((word << 6) + Long.numberOfTrailingZeros(bits) - start) & MASK;
  }
}
