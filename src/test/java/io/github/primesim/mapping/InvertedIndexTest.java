package io.github.primesim.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvertedIndexTest {
  /** Lists of all lengths, many longer than what is gathered at once. */
  @Test
  void countsAsItsDefinitionSaysBeforeAndAfterItemsAreLeftOut() {
    for (long seed = 1; seed <= 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      IntegerMatrix weights = Matrices.gappy(random, 9000, 12, 0.9);
      SparsePattern rows = SparsePattern.ofRows(weights, SignScheme.PAIRS, new Threads(1));
      int[] items = IntStream.range(0, 9000).filter(i -> random.nextInt(4) > 0).toArray();
      int[] features = IntStream.range(0, 12).filter(f -> random.nextBoolean()).toArray();
      InvertedIndex index = new InvertedIndex(rows, items);

      assertThat(counts(index, features, items.length))
          .as("seed %d", seed)
          .isEqualTo(byDefinition(weights, features, items));

      boolean[] kept = new boolean[items.length];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextInt(3) > 0;
      }
      int[] left =
          IntStream.range(0, kept.length).filter(i -> kept[i]).map(i -> items[i]).toArray();
      index.keep(kept);
      assertThat(counts(index, features, left.length))
          .as("seed %d, %d of %d left", seed, left.length, items.length)
          .isEqualTo(byDefinition(weights, features, left));
    }
  }

  private static int[] counts(InvertedIndex index, int[] features, int items) {
    int[] counts = new int[items];
    int[] withMore = Arrays.copyOf(features, features.length + 1);
    index.count(withMore, features.length, counts);
    return counts;
  }

  private static int[] byDefinition(IntegerMatrix weights, int[] features, int[] items) {
    return Arrays.stream(items)
        .map(item -> (int) Arrays.stream(features).filter(f -> weights.at(item, f) != 0).count())
        .toArray();
  }

  @Test
  void holdsAsManyItemsAsItSays() {
    int items = InvertedIndex.MOST_ITEMS;
    short[] values = new short[items];
    Arrays.fill(values, (short) 1);
    values[items / 2] = 0;
    IntegerMatrix weights = new IntegerMatrix(items, 1, 8, 1, values);
    InvertedIndex index =
        new InvertedIndex(
            SparsePattern.ofRows(weights, SignScheme.PAIRS, new Threads(1)),
            RowBlocks.consecutive(0, items));

    int[] expected = new int[items];
    Arrays.fill(expected, 1);
    expected[items / 2] = 0;
    assertThat(counts(index, new int[] {0}, items)).isEqualTo(expected);

    boolean[] last = new boolean[items];
    last[items - 1] = true;
    index.keep(last);
    assertThat(counts(index, new int[] {0}, 1)).containsExactly(1);
  }
}
