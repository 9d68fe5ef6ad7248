package io.github.primesim.mapping;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets threads that work in lockstep agree on one candidate after another: that of the highest
 * score, and of the lowest rank among equals, so that the outcome does not depend on who comes
 * first or how many they are.
 *
 * <p>A round takes a microsecond or less, far below what parking a thread takes; so those who wait
 * spin, and give their processor away only where one of the others seems to lack one.
 */
final class Election {
  /** The rank of one who has no candidate. */
  static final int NOBODY = Integer.MAX_VALUE;

  private static final int SPINS = 1 << 12;

  /** Keeps what different voters write on different cache lines. */
  private static final int LONGS_APART = 16;

  private static final int INTS_APART = 2 * LONGS_APART;

  private final int voters;

  /**
   * Of this round and of the round before: a voter can be one round ahead of another, and no more.
   */
  private final long[][] score;

  private final int[][] rank;

  /** The round up to which each voter has voted; publishes score and rank. */
  private final AtomicIntegerArray voted;

  private volatile Throwable failure;

  Election(int voters) {
    this.voters = voters;
    score = new long[2][voters * LONGS_APART];
    rank = new int[2][voters * INTS_APART];
    voted = new AtomicIntegerArray(voters * INTS_APART);
  }

  /**
   * The rank that is elected, once all have voted.
   *
   * @param own score of the candidate
   * @param ownRank its rank, {@link #NOBODY} for none
   * @throws IllegalStateException if one of the others has given up
   */
  int elect(int voter, long own, int ownRank) {
    if (voters == 1) {
      return ownRank;
    }
    int round = voted.getPlain(voter * INTS_APART) + 1;
    long[] scores = score[round & 1];
    int[] ranks = rank[round & 1];
    scores[voter * LONGS_APART] = own;
    ranks[voter * INTS_APART] = ownRank;
    voted.setRelease(voter * INTS_APART, round);
    long best = own;
    int elected = ownRank;
    for (int other = 0; other < voters; other++) {
      if (other != voter) {
        await(other * INTS_APART, round);
        long theirs = scores[other * LONGS_APART];
        int theirRank = ranks[other * INTS_APART];
        if (wins(theirs, theirRank, best, elected)) {
          best = theirs;
          elected = theirRank;
        }
      }
    }
    return elected;
  }

  /** Whether one candidate comes before another, of which either may be nobody. */
  static boolean wins(long score, int rank, long otherScore, int otherRank) {
    return rank != NOBODY
        && (otherRank == NOBODY || score > otherScore || (score == otherScore && rank < otherRank));
  }

  private void await(int other, int round) {
    // A difference, since rounds may wrap.
    for (int spins = 0; voted.getAcquire(other) - round < 0; spins++) {
      if (failure != null) {
        throw new IllegalStateException("another thread of this mapping has failed", failure);
      }
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1);
      }
    }
  }

  /** No more votes will come from one of the voters, for that reason. */
  void abandon(Throwable reason) {
    failure = reason;
  }
}
