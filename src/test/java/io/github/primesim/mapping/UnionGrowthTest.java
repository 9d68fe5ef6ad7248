package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnionGrowthTest {
  /** Against the definition: every free item is scored for every place. */
  @Test
  void takesTheItemThatScoresBestEachTime() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      IntegerMatrix weights =
          Matrices.gappy(random, 30 + random.nextInt(60), 40, 0.05 + 0.3 * random.nextDouble());
      for (SignScheme signs : SignScheme.values()) {
        SparsePattern rows = SparsePattern.ofRows(weights, signs, new Threads(2));
        int perGroup = 1 + random.nextInt(16);
        int[] expected = byDefinition(rows, perGroup);
        for (int threads = 1; threads <= 3; threads++) {
          for (int perShare : new int[] {5, 11, InvertedIndex.MOST_ITEMS}) {
            assertThat(UnionGrowth.order(rows, perGroup, threads, perShare))
                .as(
                    "seed %d, %s, groups of %d, %d threads with shares of %d",
                    seed, signs, perGroup, threads, perShare)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  /** Two threads have shares that 16 bits can number; one has to have two such shares. */
  @Test
  void ordersMoreItemsThanAnIndexHolds() {
    SplittableRandom random = new SplittableRandom(1);
    int items = InvertedIndex.MOST_ITEMS + 1000;
    SparsePattern rows =
        SparsePattern.ofRows(
            Matrices.random(random, items, 24, 0.2), SignScheme.PAIRS, new Threads(1));
    assertThat(UnionGrowth.byDegree(rows)).hasSizeGreaterThan(InvertedIndex.MOST_ITEMS);

    assertThat(UnionGrowth.order(rows, 2, new Threads(1)))
        .isEqualTo(UnionGrowth.order(rows, 2, 2, items));
  }

  private static int[] byDefinition(SparsePattern items, int perGroup) {
    int[] free = UnionGrowth.byDegree(items);
    int[] order = new int[free.length];
    int ordered = 0;
    boolean[] union = new boolean[items.features()];
    while (ordered < order.length) {
      int place = ordered % perGroup;
      if (place == 0) {
        Arrays.fill(union, false);
      }
      long size = countTrue(union);
      long bestScore = Long.MIN_VALUE;
      int best = -1;
      for (int i = 0; i < free.length; i++) {
        if (free[i] >= 0) {
          long overlap = features(items, free[i]).filter(f -> union[f]).count() * items.features();
          long score = overlap - size * items.degree(free[i]);
          if (score > bestScore) {
            bestScore = score;
            best = i;
          }
        }
      }
      features(items, free[best]).forEach(f -> union[f] = true);
      order[ordered++] = free[best];
      free[best] = -1;
      if (ordered % perGroup == 0 || ordered == order.length) {
        Arrays.sort(order, ordered - place - 1, ordered);
      }
    }
    return order;
  }

  private static IntStream features(SparsePattern items, int item) {
    return Arrays.stream(items.list(), items.start(item), items.start(item + 1));
  }

  private static long countTrue(boolean[] flags) {
    long count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  @Test
  void ordersByDegreeWithEmptyItemsLeftOut() {
    IntegerMatrix weights = Matrices.of(4, 2, 1, 0, 0, 0, 1, 1, 0, 1);

    assertThat(
            UnionGrowth.byDegree(SparsePattern.ofRows(weights, SignScheme.PAIRS, new Threads(2))))
        .containsExactly(2, 0, 3);
  }

  @Test
  void countsCrossbarsOfEachPart() {
    IntegerMatrix weights =
        Matrices.of(
            2, 3, //
            1, -2, 3, //
            4, 5, 0);
    SparsePattern rows = SparsePattern.ofRows(weights, SignScheme.INDEPENDENT, new Threads(3));

    assertThat(rows.crossbars(new int[] {0, 1}, 2, 3, 2, new Threads(2)))
        .as("3 positive, 1 negative")
        .isEqualTo(3);
    assertThat(rows.crossbars(new int[] {0, 1}, 1, 3, 2, new Threads(2))).isEqualTo(3);
    assertThat(rows.transposed(4, 5).degree(0)).isEqualTo(1);
  }
}
