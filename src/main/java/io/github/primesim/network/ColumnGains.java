package io.github.primesim.network;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much larger or smaller than its weights each column of a layer is programmed, in percent.
 * Whatever makes the outputs of a column smaller by a known share on the way, as short conversions
 * do, is made good by larger cells, which cost nothing.
 *
 * <p>Zeros stay zeros and all other weights stay other than zero: a gain moves no weight in or out
 * of a crossbar.
 */
public final class ColumnGains {
  /** All columns are programmed as they are. */
  public static final ColumnGains NONE = new ColumnGains();

  /** Gain of a column that is programmed as it is. */
  public static final int UNCHANGED = 100;

  private static final int LARGEST = 1000;

  private final int[] percent;

  /**
   * Gains of all columns of a layer, those of its first matrix first.
   *
   * @param percent 1 to 1000 each; none at all leaves all columns as they are
   */
  public ColumnGains(int... percent) {
    for (int gain : percent) {
      if (gain < 1 || gain > LARGEST) {
        throw new IllegalArgumentException(
            "gain of a column is " + gain + " percent, allowed: 1 to " + LARGEST);
      }
    }
    this.percent = percent.clone();
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if that is not whole numbers from 1 to 1000 with spaces
   *     between them
   */
  public static ColumnGains valueOf(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    String[] words = text.split(" ", -1);
    int[] percent = new int[words.length];
    for (int column = 0; column < words.length; column++) {
      try {
        percent[column] = Integer.parseInt(words[column]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "gain of a column is '" + words[column] + "', allowed: 1 to " + LARGEST + " percent",
            e);
      }
    }
    return new ColumnGains(percent);
  }

  /** Columns of all matrices of the layer, or 0 where nothing is known of any. */
  public int columns() {
    return percent.length;
  }

  /**
   * The cells of a matrix.
   *
   * @param weights matrix number {@code group} of a layer, quantised
   * @param group from 0 on
   */
  public IntegerMatrix program(IntegerMatrix weights, int group) {
    if (percent.length == 0) {
      return weights;
    }
    int from = group * weights.columns();
    if (from + weights.columns() > percent.length) {
      throw new IllegalArgumentException(
          "matrix " + group + " of " + weights.columns() + " columns, gains of " + percent.length);
    }
    return weights.scaled(Arrays.copyOfRange(percent, from, from + weights.columns()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnGains gains && Arrays.equals(percent, gains.percent);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(percent);
  }

  /** The gains in percent, with spaces between them. */
  @Override
  public String toString() {
    return IntStream.of(percent).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}
