package io.github.primesim.lowering;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;

/**
 * One crossbar of a layer with the sums over its cells that energy depends on. Row and column
 * numbers are those of the whole layer: a grouped convolution has one matrix per group.
 */
final class Tile {
  final Crossbar crossbar;

  /** Weight matrix of the layer it belongs to. */
  final int matrix;

  /** Wordlines driven by inputs, over all segments. */
  final int inputWordlines;

  /** Wordlines driven by the bias, over all segments. */
  final int biasWordlines;

  /** Weight columns converted, over all segments. */
  final int results;

  /** Most weight columns of a segment. */
  final int widestSegment;

  /** Weight positions on input wordlines, summed over segments: rows times columns. */
  final long inputPositions;

  /** Weight positions on the bias wordline. */
  final long biasPositions;

  /** By weight slice, most significant first: levels stored on input wordlines. */
  final long[] inputLevels;

  /** By weight slice: levels stored on the bias wordline. */
  final long[] biasLevels;

  private Tile(Crossbar crossbar, int matrix, int biasRow, IntegerMatrix weights, Cells cells) {
    this.crossbar = crossbar;
    this.matrix = matrix;
    inputLevels = new long[cells.slices()];
    biasLevels = new long[cells.slices()];
    int inputs = 0;
    int biases = 0;
    int columns = 0;
    int widest = 0;
    long positions = 0;
    long biasCells = 0;
    for (Segment segment : crossbar.segments()) {
      int width = segment.columns().length;
      columns += width;
      widest = Math.max(widest, width);
      for (int row : segment.rows()) {
        boolean bias = row == biasRow;
        if (bias) {
          biases++;
          biasCells += width;
        } else {
          inputs++;
          positions += width;
        }
        cells.addLevels(
            weights, row, segment.columns(), crossbar.sign(), bias ? biasLevels : inputLevels);
      }
    }
    inputWordlines = inputs;
    biasWordlines = biases;
    results = columns;
    widestSegment = widest;
    inputPositions = positions;
    biasPositions = biasCells;
  }

  /**
   * Sums over the cells of {@code crossbar}.
   *
   * @param biasRow the row that is a bias, -1 for none
   */
  static Tile of(Crossbar crossbar, int matrix, int biasRow, IntegerMatrix weights, Cells cells) {
    return new Tile(crossbar, matrix, biasRow, weights, cells);
  }

  /** How a weight is cut into cell levels. */
  record Cells(int slices, int cellBits) {
    private void addLevels(
        IntegerMatrix weights, int row, int[] columns, Sign sign, long[] levels) {
      int mask = (1 << cellBits) - 1;
      for (int column : columns) {
        int weight = weights.at(row, column);
        if (weight == 0
            || (sign == Sign.POSITIVE && weight < 0)
            || (sign == Sign.NEGATIVE && weight > 0)) {
          continue;
        }
        int magnitude = Math.abs(weight);
        for (int slice = slices - 1; slice >= 0; slice--) {
          levels[slice] += magnitude & mask;
          magnitude >>>= cellBits;
        }
      }
    }
  }
}
