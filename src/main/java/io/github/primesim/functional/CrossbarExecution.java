package io.github.primesim.functional;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The crossbars of a mapped matrix, holding its weights as cells, ready to be driven. Sums are in
 * units of what the cells conduct ({@link CellModel#places}).
 *
 * <p>Each segment is driven for itself, one input slice after another. On the bitlines of each
 * weight slice the currents of all cells add up; those of a pair are subtracted. The sums are
 * converted, and the results of all row blocks added up.
 */
final class CrossbarExecution {
  private final Formats formats;
  private final int rows;
  private final int columns;
  private final List<Bitline> bitlines = new ArrayList<>();
  private final Optional<ReadNoise> noise;

  /** Of cells that conduct exactly their level. */
  CrossbarExecution(LayerMapping mapping, IntegerMatrix weights, Formats formats) {
    this(mapping, weights, formats, CellModel.IDEAL);
  }

  /**
   * Programs the crossbars.
   *
   * @param model what cells make of their levels
   */
  CrossbarExecution(LayerMapping mapping, IntegerMatrix weights, Formats formats, CellModel model) {
    this.formats = formats;
    this.rows = weights.rows();
    this.columns = weights.columns();
    this.noise = model.noise();
    for (Crossbar crossbar : mapping.crossbars()) {
      int firstWordline = 0;
      for (Segment segment : crossbar.segments()) {
        SegmentCells cells =
            SegmentCells.of(
                crossbar.sign(), segment, firstWordline, weights, formats, noise.isPresent());
        model.program(cells);
        add(crossbar.sign(), segment, cells);
        firstWordline += segment.rows().length;
      }
    }
  }

  private void add(Sign sign, Segment segment, SegmentCells cells) {
    int slices = formats.weightSlices();
    for (int i = 0; i < segment.columns().length; i++) {
      for (int slice = 0; slice < slices; slice++) {
        Bitline bitline =
            Bitline.of(
                sign, segment.rows(), segment.columns()[i], slice, cells, i * slices + slice);
        // A bitline on which nothing conducts gives 0 and is converted to 0.
        if (bitline.conducts()) {
          bitlines.add(bitline);
        }
      }
    }
  }

  /** Exact products of ideal cells, slices recombined: by column, a value for each position. */
  long[] exact(QuantizedInput levels) {
    return run(levels, List.of(new ExactConversion(formats))).get(0);
  }

  /**
   * Drives all crossbars with the positive inputs, then with the negative ones if there are any.
   *
   * @param conversions ways to convert the sums, which all convert the same parts
   * @return what each conversion makes of the sums: column by column, a value for each position
   */
  List<long[]> run(QuantizedInput levels, List<? extends Conversion> conversions) {
    List<long[]> outputs = new ArrayList<>();
    for (int k = 0; k < conversions.size(); k++) {
      outputs.add(new long[columns * levels.positions()]);
    }
    pass(levels.positive(), levels.positions(), 1, conversions, outputs);
    if (levels.anyNegative()) {
      pass(levels.negative(), levels.positions(), -1, conversions, outputs);
    }
    return outputs;
  }

  private void pass(
      int[] levels,
      int positions,
      int direction,
      List<? extends Conversion> conversions,
      List<long[]> outputs) {
    int[][] slice = new int[rows][positions];
    int[] sums = new int[positions];
    float[] squares = new float[noise.isPresent() ? positions : 0];
    for (int i = 0; i < formats.inputSlices(); i++) {
      for (int row = 0; row < rows; row++) {
        formats.inputSlices(levels, row * positions, i, slice[row]);
      }
      for (Bitline bitline : bitlines) {
        if (conversions.get(0).converts(i, bitline.slice)) {
          bitline.sum(slice, sums);
          if (noise.isPresent()) {
            bitline.sumSquares(slice, squares);
            noise.get().add(squares, sums);
          }
          for (int k = 0; k < outputs.size(); k++) {
            conversions
                .get(k)
                .convert(
                    i,
                    bitline.slice,
                    sums,
                    direction * bitline.direction,
                    outputs.get(k),
                    bitline.column * positions);
          }
        }
      }
    }
  }

  /** The cells of a bitline that conduct; of a pair, what is left of those of both bitlines. */
  private static final class Bitline {
    private final int column;
    private final int slice;
    private final int direction;
    private final int[] rows;
    private final int[] conductances;

    // Of all wordlines where readings differ, also those on which a pair leaves nothing; else none.
    private final int[] wordlines;
    private final float[] squares;

    private Bitline(
        int column,
        int slice,
        int direction,
        int[] rows,
        int[] conductances,
        int[] wordlines,
        float[] squares) {
      this.column = column;
      this.slice = slice;
      this.direction = direction;
      this.rows = rows;
      this.conductances = conductances;
      this.wordlines = wordlines;
      this.squares = squares;
    }

    static Bitline of(
        Sign sign, int[] rows, int column, int slice, SegmentCells cells, int bitline) {
      int[] usedRows = new int[rows.length];
      int[] conductances = new int[rows.length];
      int used = 0;
      for (int wordline = 0; wordline < rows.length; wordline++) {
        int conductance = cells.net(bitline, wordline);
        if (conductance != 0) {
          usedRows[used] = rows[wordline];
          conductances[used++] = conductance;
        }
      }
      return new Bitline(
          column,
          slice,
          sign == Sign.NEGATIVE ? -1 : 1,
          Arrays.copyOf(usedRows, used),
          Arrays.copyOf(conductances, used),
          cells.squares().length == 0 ? new int[0] : rows,
          cells.squares().length == 0 ? new float[0] : cells.squares()[bitline]);
    }

    boolean conducts() {
      return conductances.length > 0 || squares.length > 0;
    }

    /** Adds up the squares of what the cells give, for each position. */
    void sumSquares(int[][] inputs, float[] sums) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < wordlines.length; i++) {
        addSquares(squares[i], inputs[wordlines[i]], sums);
      }
    }

    private static void addSquares(float square, int[] inputs, float[] sums) {
      for (int position = 0; position < sums.length; position++) {
        sums[position] += square * (inputs[position] * inputs[position]);
      }
    }

    /**
     * Adds up the cells for each position.
     *
     * @param inputs by row and position
     */
    void sum(int[][] inputs, int[] sums) {
      Arrays.fill(sums, 0);
      int cell = 0;
      for (; cell + 4 <= rows.length; cell += 4) {
        add(
            conductances[cell],
            inputs[rows[cell]],
            conductances[cell + 1],
            inputs[rows[cell + 1]],
            conductances[cell + 2],
            inputs[rows[cell + 2]],
            conductances[cell + 3],
            inputs[rows[cell + 3]],
            sums);
      }
      for (; cell < rows.length; cell++) {
        add(conductances[cell], inputs[rows[cell]], sums);
      }
    }

    /** On its own, and without an offset, which Java 17 does not compute on several values. */
    private static void add(int conductance, int[] inputs, int[] sums) {
      for (int position = 0; position < sums.length; position++) {
        sums[position] += conductance * inputs[position];
      }
    }

    /** Four cells at a time, so that sums are read and written a quarter as often. */
    private static void add(
        int first,
        int[] inputsOfFirst,
        int second,
        int[] inputsOfSecond,
        int third,
        int[] inputsOfThird,
        int fourth,
        int[] inputsOfFourth,
        int[] sums) {
      for (int position = 0; position < sums.length; position++) {
        sums[position] +=
            first * inputsOfFirst[position]
                + second * inputsOfSecond[position]
                + third * inputsOfThird[position]
                + fourth * inputsOfFourth[position];
      }
    }
  }
}
