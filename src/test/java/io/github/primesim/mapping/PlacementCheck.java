package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Slow, plain readings of a mapping that the contract compares with. */
final class PlacementCheck {
  private PlacementCheck() {}

  /** Everything that is wrong with the placement, a line each; empty if nothing is. */
  static List<String> faults(LayerMapping mapping, IntegerMatrix weights) {
    List<String> faults = new ArrayList<>();
    CrossbarGeometry geometry = mapping.geometry();
    int[][] positive = new int[weights.rows()][weights.columns()];
    int[][] negative = new int[weights.rows()][weights.columns()];
    for (Crossbar crossbar : mapping.crossbars()) {
      if ((crossbar.sign() == Sign.PAIR) != (geometry.signs() == SignScheme.PAIRS)) {
        faults.add("sign " + crossbar.sign() + " under " + geometry.signs());
      }
      // Segments stack along the wordlines, so cells are used once if the heights fit.
      int wordlines = 0;
      for (Segment segment : crossbar.segments()) {
        wordlines += segment.rows().length;
        if (segment.rows().length == 0 || segment.columns().length == 0) {
          faults.add("empty segment");
        }
        if (segment.columns().length > geometry.weightsPerWordline()) {
          faults.add("too wide: " + segment.columns().length);
        }
        for (int row : segment.rows()) {
          for (int column : segment.columns()) {
            positive[row][column] += crossbar.sign() == Sign.NEGATIVE ? 0 : 1;
            negative[row][column] += crossbar.sign() == Sign.POSITIVE ? 0 : 1;
          }
        }
      }
      if (wordlines > geometry.rows()) {
        faults.add("too high: " + wordlines);
      }
    }
    for (int row = 0; row < weights.rows(); row++) {
      for (int column = 0; column < weights.columns(); column++) {
        int weight = weights.at(row, column);
        check(faults, row, column, weight > 0, positive[row][column]);
        check(faults, row, column, weight < 0, negative[row][column]);
      }
    }
    return faults;
  }

  private static void check(List<String> faults, int row, int column, boolean used, int times) {
    if (times > 1 || (used && times == 0)) {
      faults.add("weight (" + row + ", " + column + ") placed " + times + " times");
    }
  }

  /** Drives the crossbars one after another and adds up what each column gives. */
  static long[] execute(LayerMapping mapping, IntegerMatrix weights, int[] input) {
    long[] output = new long[weights.columns()];
    for (Crossbar crossbar : mapping.crossbars()) {
      for (Segment segment : crossbar.segments()) {
        for (int column : segment.columns()) {
          for (int row : segment.rows()) {
            int weight = weights.at(row, column);
            output[column] += crossbar.sign().holds(weight) ? (long) input[row] * weight : 0;
          }
        }
      }
    }
    return output;
  }

  /** The product of the transposed matrix with the input. */
  static long[] product(IntegerMatrix weights, int[] input) {
    long[] output = new long[weights.columns()];
    for (int column = 0; column < output.length; column++) {
      for (int row = 0; row < weights.rows(); row++) {
        output[column] += (long) input[row] * weights.at(row, column);
      }
    }
    return output;
  }

  /** The bound by its definition: occupied columns of each row block, per sign part. */
  static long lowerBoundArrays(IntegerMatrix weights, CrossbarGeometry geometry) {
    long crossbars = 0;
    for (Sign part : Sign.parts(geometry.signs())) {
      for (int first = 0; first < weights.rows(); first += geometry.rows()) {
        int occupied = 0;
        for (int column = 0; column < weights.columns(); column++) {
          boolean any = false;
          for (int row = first; row < Math.min(weights.rows(), first + geometry.rows()); row++) {
            any |= part.holds(weights.at(row, column));
          }
          occupied += any ? 1 : 0;
        }
        crossbars += ceilDiv(occupied, geometry.weightsPerWordline());
      }
    }
    return crossbars * geometry.arraysPerSlot();
  }

  /** Whether any bitline group feeds an output other than in a tile of the dense mapping. */
  static boolean columnsMoved(LayerMapping mapping) {
    int width = mapping.geometry().weightsPerWordline();
    boolean tilesMixed =
        mapping.crossbars().stream()
            .anyMatch(
                crossbar ->
                    crossbar.segments().stream().map(s -> s.columns()[0]).distinct().count() > 1);
    return tilesMixed
        || mapping.crossbars().stream()
            .flatMap(crossbar -> crossbar.segments().stream())
            .map(Segment::columns)
            .anyMatch(
                columns ->
                    columns[0] % width != 0
                        || columns[columns.length - 1] != columns[0] + columns.length - 1
                        || Arrays.stream(columns).distinct().count() != columns.length
                        || Arrays.stream(columns).min().getAsInt() != columns[0]
                        || !Arrays.equals(columns, Arrays.stream(columns).sorted().toArray()));
  }

  /** Whether the rows of each segment follow one another. */
  static boolean rowsConsecutive(LayerMapping mapping) {
    return mapping.crossbars().stream()
        .flatMap(crossbar -> crossbar.segments().stream())
        .map(Segment::rows)
        .allMatch(
            rows -> {
              boolean consecutive = true;
              for (int i = 1; i < rows.length; i++) {
                consecutive &= rows[i] == rows[0] + i;
              }
              return consecutive;
            });
  }

  /** Whether each row is in one set of rows only: what a single permutation can give. */
  static boolean rowsPartitioned(LayerMapping mapping) {
    List<List<Integer>> sets =
        mapping.crossbars().stream()
            .flatMap(crossbar -> crossbar.segments().stream())
            .map(segment -> Arrays.stream(segment.rows()).boxed().toList())
            .distinct()
            .toList();
    long rows = sets.stream().mapToLong(List::size).sum();
    return sets.stream().flatMap(List::stream).distinct().count() == rows;
  }

  static int ceilDiv(int a, int b) {
    return a / b + (a % b == 0 ? 0 : 1);
  }

  /** Every crossbar as text, for comparison. */
  static String text(LayerMapping mapping) {
    StringBuilder text = new StringBuilder();
    for (Crossbar crossbar : mapping.crossbars()) {
      text.append(crossbar.sign());
      for (Segment segment : crossbar.segments()) {
        text.append(Arrays.toString(segment.rows())).append(Arrays.toString(segment.columns()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Columns of all crossbars, counted one by one. */
  static long columnsConverted(LayerMapping mapping) {
    long columns = 0;
    for (Crossbar crossbar : mapping.crossbars()) {
      for (Segment segment : crossbar.segments()) {
        columns += segment.columns().length;
      }
    }
    return columns;
  }
}
