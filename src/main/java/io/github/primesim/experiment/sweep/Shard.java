package io.github.primesim.experiment.sweep;

/**
 * One of several equal parts of a sweep.
 *
 * @param number from 1
 * @param of how many parts there are
 */
public record Shard(int number, int of) {
  /** All of it. */
  public static final Shard WHOLE = new Shard(1, 1);

  public Shard {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("shard " + number + " of " + of);
    }
  }

  /**
   * Whether a point belongs to it. Each run of {@link #of} points is dealt out starting at another
   * shard, so that none gets all points of one value of a key that changes fast.
   */
  public boolean owns(int index) {
    return ((long) index + index / of) % of == number - 1;
  }

  /** Whether this is the whole sweep. */
  public boolean isWhole() {
    return of == 1;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
