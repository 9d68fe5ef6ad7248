package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElectionTest {
  private static final int ROUNDS = 2000;

  @Test
  void allElectTheHighestScoreAndTheLowestRankAmongEqualsRoundForRound() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int voters = 3;
    long[][] scores = new long[ROUNDS][voters];
    int[][] ranks = new int[ROUNDS][voters];
    int[] expected = new int[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long best = Long.MIN_VALUE;
      expected[round] = Election.NOBODY;
      for (int voter = 0; voter < voters; voter++) {
        boolean none = random.nextInt(5) == 0;
        scores[round][voter] = none ? Long.MIN_VALUE : random.nextInt(-2, 3);
        ranks[round][voter] = none ? Election.NOBODY : voters * random.nextInt(100) + voter;
        boolean higher = scores[round][voter] > best;
        boolean equal = scores[round][voter] == best;
        if (!none && (higher || (equal && ranks[round][voter] < expected[round]))) {
          best = scores[round][voter];
          expected[round] = ranks[round][voter];
        }
      }
    }
    Election election = new Election(voters);
    int[][] elected = new int[voters][ROUNDS];

    Threads.together(
        voters,
        voter -> {
          for (int round = 0; round < ROUNDS; round++) {
            elected[voter][round] =
                election.elect(voter, scores[round][voter], ranks[round][voter]);
          }
        });

    for (int voter = 0; voter < voters; voter++) {
      assertThat(elected[voter]).as("seed %d, voter %d", seed, voter).isEqualTo(expected);
    }
  }

  @Test
  void nobodyWaitsForOneWhoHasFailed() {
    Election election = new Election(2);
    IllegalArgumentException reason = new IllegalArgumentException("no memory");
    election.abandon(reason);

    assertThatThrownBy(() -> election.elect(0, 1, 1)).hasCause(reason);
  }
}
