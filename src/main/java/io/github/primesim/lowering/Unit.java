package io.github.primesim.lowering;

import java.util.List;

/**
 * Where a unit lies.
 *
 * @param pieces runs of mats, in the order of the mats of the copy
 */
record Unit(List<Piece> pieces) {
  Unit {
    pieces = List.copyOf(pieces);
  }

  /**
   * Consecutive mats of a copy on consecutive mats of a subarray.
   *
   * @param bank bank within the instance
   * @param subarray FF subarray of the bank
   * @param firstMat first mat within the subarray
   * @param fromMat first mat of the copy
   * @param toMat mat of the copy behind the last one
   */
  record Piece(int bank, int subarray, int firstMat, int fromMat, int toMat) {}
}
