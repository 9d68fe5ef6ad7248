package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.SplittableRandom;

/** Weight matrices and crossbars for tests. */
public final class Matrices {
  private Matrices() {}

  /** Crossbars of any size with two 4-bit cells a weight. */
  public static CrossbarGeometry crossbars(int rows, int bitlines, SignScheme signs) {
    return new CrossbarGeometry(rows, bitlines, 2, signs, 1, 1, 1, 1, 1);
  }

  /** 8-bit weights given row by row. */
  public static IntegerMatrix of(int rows, int columns, int... values) {
    short[] shorts = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      shorts[i] = (short) values[i];
    }
    return new IntegerMatrix(rows, columns, 8, 1.0 / 256, shorts);
  }

  /** Random 8-bit weights of both signs, each non-zero with probability {@code density}. */
  public static IntegerMatrix random(
      SplittableRandom random, int rows, int columns, double density) {
    short[] values = new short[rows * columns];
    for (int i = 0; i < values.length; i++) {
      if (random.nextDouble() < density) {
        int magnitude = 1 + random.nextInt(255);
        values[i] = (short) (random.nextBoolean() ? magnitude : -magnitude);
      }
    }
    return new IntegerMatrix(rows, columns, 8, 1.0 / 256, values);
  }

  /** A matrix with whole rows and columns of zeros, as pruning of channels leaves them. */
  public static IntegerMatrix gappy(
      SplittableRandom random, int rows, int columns, double density) {
    boolean[] emptyRow = flags(random, rows);
    boolean[] emptyColumn = flags(random, columns);
    short[] values = values(random(random, rows, columns, density));
    for (int i = 0; i < values.length; i++) {
      if (emptyRow[i / columns] || emptyColumn[i % columns]) {
        values[i] = 0;
      }
    }
    return new IntegerMatrix(rows, columns, 8, 1.0 / 256, values);
  }

  /**
   * Columns of a few kinds, column c of kind c mod {@code kinds}: each has {@code perColumn}
   * positive weights among the rows of its kind, which are those equal to it mod {@code kinds}.
   */
  public static IntegerMatrix kinds(
      SplittableRandom random, int rows, int columns, int kinds, int perColumn) {
    short[] values = new short[rows * columns];
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < perColumn; i++) {
        int row = random.nextInt(rows / kinds) * kinds + c % kinds;
        values[row * columns + c] = (short) (1 + random.nextInt(255));
      }
    }
    return new IntegerMatrix(rows, columns, 8, 1.0 / 256, values);
  }

  /** The same matrix with one of its non-zero weights, the {@code which}-th, set to zero. */
  public static IntegerMatrix without(IntegerMatrix matrix, long which) {
    short[] values = values(matrix);
    long left = which;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && left-- == 0) {
        values[i] = 0;
      }
    }
    return new IntegerMatrix(matrix.rows(), matrix.columns(), 8, matrix.scale(), values);
  }

  /** A copy of all weights, row by row. */
  public static short[] values(IntegerMatrix matrix) {
    short[] values = new short[matrix.rows() * matrix.columns()];
    short[] row = new short[matrix.columns()];
    for (int r = 0; r < matrix.rows(); r++) {
      matrix.copyRow(r, row);
      System.arraycopy(row, 0, values, r * row.length, row.length);
    }
    return values;
  }

  private static boolean[] flags(SplittableRandom random, int count) {
    boolean[] flags = new boolean[count];
    for (int i = 0; i < count; i++) {
      flags[i] = random.nextInt(3) == 0;
    }
    return flags;
  }
}
