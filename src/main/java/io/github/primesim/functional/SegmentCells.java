package io.github.primesim.functional;

import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;

/**
 * The cells of a segment: their levels, or what has become of them.
 *
 * @param firstWordline wordline of its crossbar that the segment begins on
 * @param arrays by array, bitline and wordline: of a pair the positive array, then the negative
 *     one; bitlines of the same weight stand side by side, the most significant slice first
 * @param squares where readings differ, else empty: by bitline and wordline the squares of all that
 *     the cells conduct, of a pair those of both added up
 */
@SuppressWarnings("ArrayRecordComponent") // work space, never compared
record SegmentCells(int firstWordline, int[][][] arrays, float[][] squares) {

  /**
   * The levels that the weights of a segment are programmed to.
   *
   * @param noisy whether readings differ
   */
  static SegmentCells of(
      Sign sign,
      Segment segment,
      int firstWordline,
      IntegerMatrix weights,
      Formats formats,
      boolean noisy) {
    int slices = formats.weightSlices();
    int[] rows = segment.rows();
    int[] columns = segment.columns();
    int[][][] arrays = new int[sign == Sign.PAIR ? 2 : 1][columns.length * slices][rows.length];
    for (int column = 0; column < columns.length; column++) {
      for (int wordline = 0; wordline < rows.length; wordline++) {
        int weight = weights.at(rows[wordline], columns[column]);
        if (weight != 0 && sign.holds(weight)) {
          int array = sign == Sign.PAIR && weight < 0 ? 1 : 0;
          for (int slice = 0; slice < slices; slice++) {
            arrays[array][column * slices + slice][wordline] =
                formats.cell(Math.abs(weight), slice);
          }
        }
      }
    }
    return new SegmentCells(
        firstWordline,
        arrays,
        noisy ? new float[columns.length * slices][rows.length] : new float[0][]);
  }

  /** What a bitline has on a wordline; of a pair, what is left of both. */
  int net(int bitline, int wordline) {
    int positive = arrays[0][bitline][wordline];
    return arrays.length == 1 ? positive : positive - arrays[1][bitline][wordline];
  }
}
