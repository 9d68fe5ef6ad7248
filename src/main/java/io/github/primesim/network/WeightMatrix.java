package io.github.primesim.network;

/**
 * The real-valued weights of one group of a layer, as crossbars see them.
 *
 * @param rows inputs in the order channel, kernel row, kernel column; a bias is the last row
 * @param columns outputs of the group
 * @param values row by row, {@code rows * columns} of them; shared, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // up to 400 MB of weights; never compared
public record WeightMatrix(int rows, int columns, float[] values) {
  public WeightMatrix {
    if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " weights do not make " + values.length + " values");
    }
  }

  /** The weight from input {@code row} to output {@code column}. */
  public float at(int row, int column) {
    return values[row * columns + column];
  }
}
