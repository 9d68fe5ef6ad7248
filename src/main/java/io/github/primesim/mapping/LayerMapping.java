package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
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
 * @param outputsMoved whether columns left their order, so that results pass the reorder buffer
 * @param metadataBits bits of index memory the mapping needs
 * @param denseArrays arrays of the dense mapping, both signs and all bit slices
 * @param lowerBoundArrays fewest arrays that any mapping which keeps the rows in order needs
 * @param cellBoundArrays fewest arrays whose cells can hold the non-zeros at all
 */
public record LayerMapping(
    String scheme,
    CrossbarGeometry geometry,
    int rows,
    int columns,
    long nonZeros,
    List<Crossbar> crossbars,
    boolean outputsMoved,
    long metadataBits,
    long denseArrays,
    long lowerBoundArrays,
    long cellBoundArrays) {
  public LayerMapping {
    crossbars = List.copyOf(crossbars);
  }

  /** Physical arrays kept: both signs and all bit slices. */
  public long arrays() {
    return (long) crossbars.size() * geometry.arraysPerSlot();
  }
}
