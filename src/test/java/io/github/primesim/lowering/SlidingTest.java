package io.github.primesim.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.network.Shape;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a window needs, against a window that is moved position by position and cell by cell. */
class SlidingTest {
  @Test
  void aRangeOfPositionsNeedsWhatItsPositionsNeed() {
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 2000; trial++) {
      Shape input = new Shape(1, 1 + random.nextInt(9), 1 + random.nextInt(9));
      // Strides beyond the kernel leave gaps, paddings beyond it windows outside the input.
      Sliding window =
          new Sliding(
              input,
              new Shape(1, 1 + random.nextInt(9), 1 + random.nextInt(9)),
              1 + random.nextInt(4),
              1 + random.nextInt(4),
              1 + random.nextInt(5),
              1 + random.nextInt(5),
              random.nextInt(4),
              random.nextInt(4));
      int positions = window.output().area();
      int from = random.nextInt(positions + 1);
      int to = from + random.nextInt(positions + 1 - from);
      BitSet needed = new BitSet();
      window.mark(from, to, needed);
      BitSet expected = new BitSet();
      for (int position = from; position < to; position++) {
        markCells(window, position, expected);
      }
      assertThat(needed)
          .as("seed 11, trial %d: %s from %d to %d", trial, window, from, to)
          .isEqualTo(expected);
    }
  }

  private static void markCells(Sliding window, int position, BitSet cells) {
    int top = position / window.output().width() * window.strideHeight() - window.paddingHeight();
    int left = position % window.output().width() * window.strideWidth() - window.paddingWidth();
    for (int y = top; y < top + window.kernelHeight(); y++) {
      for (int x = left; x < left + window.kernelWidth(); x++) {
        if (y >= 0 && y < window.input().height() && x >= 0 && x < window.input().width()) {
          cells.set(y * window.input().width() + x);
        }
      }
    }
  }
}
