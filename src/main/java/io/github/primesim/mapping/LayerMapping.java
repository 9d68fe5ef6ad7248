package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;

/**
 * A mapped weight matrix.
 *
 * @param scheme name of the mapping
 * @param geometry crossbars it was mapped for
 * @param rows rows of the weight matrix, a bias included
 * @param columns columns of the weight matrix
 * @param nonZeros weights that are not zero
 * @param crossbars every crossbar kept, in placement order
 * @param inputs order in which the wordlines want the inputs
 * @param outputsMoved whether columns left their order, so that results pass the reorder buffer
 * @param metadata index memory the mapping needs
 * @param denseArrays arrays of the dense mapping, both signs and all bit slices
 * @param lowerBoundArrays fewest arrays that any mapping which keeps the rows in order needs, the
 *     sum over row blocks and signs of ceil(z / n) for z occupied columns and n columns a crossbar
 * @param cellBoundArrays fewest arrays whose cells can hold the non-zeros at all, ceil(non-zeros /
 *     (m n)) for each sign
 */
public record LayerMapping(
    String scheme,
    CrossbarGeometry geometry,
    int rows,
    int columns,
    long nonZeros,
    List<Crossbar> crossbars,
    InputOrder inputs,
    boolean outputsMoved,
    Metadata metadata,
    long denseArrays,
    long lowerBoundArrays,
    long cellBoundArrays) {
  public LayerMapping {
    crossbars = List.copyOf(crossbars);
  }

  /**
   * A mapping with its bounds.
   *
   * @param columnBound fewest crossbars with the rows in natural order
   * @param nonZerosOfParts weights that each sign part holds
   */
  static LayerMapping of(
      String scheme,
      IntegerMatrix weights,
      CrossbarGeometry geometry,
      List<Crossbar> crossbars,
      InputOrder inputs,
      boolean outputsMoved,
      Metadata metadata,
      long columnBound,
      long... nonZerosOfParts) {
    long places = (long) geometry.rows() * geometry.weightsPerWordline();
    long cellBound = 0;
    for (long nonZeros : nonZerosOfParts) {
      cellBound += RowBlocks.ceilDiv(nonZeros, places);
    }
    return new LayerMapping(
        scheme,
        geometry,
        weights.rows(),
        weights.columns(),
        weights.nonZeros(),
        crossbars,
        inputs,
        outputsMoved,
        metadata,
        2 * tiles(weights, geometry),
        columnBound * geometry.arraysPerSlot(),
        cellBound * geometry.arraysPerSlot());
  }

  /** Tiles of one sign part. */
  static long tiles(IntegerMatrix weights, CrossbarGeometry geometry) {
    return RowBlocks.ceilDiv(weights.rows(), geometry.rows())
        * RowBlocks.ceilDiv(weights.columns(), geometry.weightsPerWordline());
  }

  /** Physical arrays kept: both signs and all bit slices. */
  public long arrays() {
    return (long) crossbars.size() * geometry.arraysPerSlot();
  }

  /** Bits of index memory the mapping needs, all kinds together. */
  public long metadataBits() {
    return metadata.bits();
  }

  /** Weight columns over all crossbars: what is converted for an input vector. */
  long columnsConverted() {
    return crossbars.stream()
        .flatMap(crossbar -> crossbar.segments().stream())
        .mapToLong(segment -> segment.columns().length)
        .sum();
  }
}
