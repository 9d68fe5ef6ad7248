package io.github.primesim.lowering;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import java.util.Arrays;

/**
 * One crossbar of a layer with the sums over its cells that energy depends on. Row and column
 * numbers are those of the whole layer: a grouped convolution has one matrix per group.
 */
final class Tile {
  final Crossbar crossbar;

  /** Weight matrix of the layer it belongs to. */
  final int matrix;

  /** Order in which the matrix wants its inputs. */
  final InputOrder order;

  /** Whether the outputs of the matrix have to be moved to their places. */
  final boolean moved;

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

  /**
   * Levels stored on each wordline: segment by segment, wordline by wordline, slice by slice. Empty
   * where no wordline is asked for by itself.
   */
  final int[] wordlineLevels;

  /**
   * Sums over the cells of {@code crossbar}.
   *
   * @param mapping of the matrix, to which the crossbar belongs
   * @param biasRow the row that is a bias, -1 for none
   * @param cells of the matrix, which has been asked for the crossbars before this one
   * @param byWordline whether single wordlines will be asked for
   */
  Tile(
      LayerMapping mapping,
      Crossbar crossbar,
      int matrix,
      int biasRow,
      CellLevels cells,
      boolean byWordline) {
    this.crossbar = crossbar;
    this.matrix = matrix;
    order = mapping.inputs();
    moved = mapping.outputsMoved();
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
        if (row == biasRow) {
          biases++;
          biasCells += width;
          cells.addRow(row, segment.columns(), crossbar.sign(), biasLevels);
        } else {
          inputs++;
          positions += width;
        }
      }
      cells.addInputs(segment, crossbar.sign(), inputLevels);
    }
    inputWordlines = inputs;
    biasWordlines = biases;
    results = columns;
    widestSegment = widest;
    inputPositions = positions;
    biasPositions = biasCells;
    wordlineLevels = byWordline ? wordlineLevels(crossbar, cells) : new int[0];
  }

  private static int[] wordlineLevels(Crossbar crossbar, CellLevels cells) {
    int wordlines = crossbar.segments().stream().mapToInt(segment -> segment.rows().length).sum();
    int[] levels = new int[wordlines * cells.slices()];
    long[] ofWordline = new long[cells.slices()];
    int at = 0;
    for (Segment segment : crossbar.segments()) {
      for (int row : segment.rows()) {
        Arrays.fill(ofWordline, 0);
        cells.addRow(row, segment.columns(), crossbar.sign(), ofWordline);
        for (long level : ofWordline) {
          levels[at++] = Math.toIntExact(level);
        }
      }
    }
    return levels;
  }
}
