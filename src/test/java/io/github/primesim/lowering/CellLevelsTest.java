package io.github.primesim.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellLevelsTest {
  @Test
  void sumsAreThoseOfTheCellsOneByOne() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int weightBits = 1 + random.nextInt(12);
      int cellBits = 1 + random.nextInt(Math.min(4, weightBits));
      int slices = (weightBits + cellBits - 1) / cellBits;
      int rows = 1 + random.nextInt(40);
      int columns = 1 + random.nextInt(70);
      short[] values = new short[rows * columns];
      int largest = (1 << weightBits) - 1;
      for (int i = 0; i < values.length; i++) {
        values[i] =
            (short) (random.nextInt(3) == 0 ? random.nextInt(-largest, largest + 1) : largest);
      }
      IntegerMatrix weights = new IntegerMatrix(rows, columns, weightBits, 1, values);
      int biasRow = random.nextBoolean() ? rows - 1 : -1;
      List<Crossbar> crossbars = crossbars(random, rows, columns);

      CellLevels levels =
          new CellLevels(weights, biasRow, new CellLevels.Format(slices, cellBits), crossbars);

      for (Crossbar crossbar : crossbars) {
        for (Segment segment : crossbar.segments()) {
          long[] actual = new long[slices];
          levels.addInputs(segment, crossbar.sign(), actual);
          long[] expected = new long[slices];
          for (int row : segment.rows()) {
            for (int column : segment.columns()) {
              int weight = weights.at(row, column);
              if (row != biasRow && crossbar.sign().holds(weight)) {
                for (int slice = 0; slice < slices; slice++) {
                  int level = Math.abs(weight) >> ((slices - 1 - slice) * cellBits);
                  expected[slice] += level % (1 << cellBits);
                }
              }
            }
          }
          assertThat(actual).as("seed %d", seed).isEqualTo(expected);
        }
      }
    }
  }

  /** Wide and narrow segments; wordlines that neighbours share, and that come again later. */
  private static List<Crossbar> crossbars(SplittableRandom random, int rows, int columns) {
    List<int[]> blocks = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      blocks.add(some(random, rows));
    }
    List<Crossbar> crossbars = new ArrayList<>();
    Sign[] signs = Sign.values();
    for (int crossbar = 0; crossbar < 8; crossbar++) {
      List<Segment> segments = new ArrayList<>();
      for (int segment = 0; segment <= random.nextInt(2); segment++) {
        int[] of = random.nextInt(3) == 0 ? new int[] {random.nextInt(columns)} : null;
        segments.add(
            new Segment(blocks.get(random.nextInt(3)), of == null ? some(random, columns) : of));
      }
      crossbars.add(new Crossbar(signs[random.nextInt(signs.length)], segments));
    }
    return crossbars;
  }

  private static int[] some(SplittableRandom random, int count) {
    return IntStream.range(0, count).filter(i -> random.nextBoolean()).toArray();
  }
}
