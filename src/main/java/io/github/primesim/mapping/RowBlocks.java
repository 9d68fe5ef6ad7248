package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight matrix with its rows in natural order, cut into blocks as high as a crossbar. Schemes
 * differ only in which columns of a block share a crossbar.
 *
 * <p>Crossbars come out block by block, positive before negative parts: neighbours have the same
 * rows, as crossbars need that share their wordlines.
 */
final class RowBlocks {
  private final IntegerMatrix weights;
  private final CrossbarGeometry geometry;
  private final List<Crossbar> crossbars = new ArrayList<>();
  private boolean columnsMoved;
  private long fewestCrossbars;

  private RowBlocks(IntegerMatrix weights, CrossbarGeometry geometry) {
    this.weights = weights;
    this.geometry = geometry;
  }

  /**
   * Maps a matrix in one pass over its weights.
   *
   * @param metadata what the scheme has to remember
   */
  static LayerMapping map(
      String scheme,
      IntegerMatrix weights,
      CrossbarGeometry geometry,
      ColumnPacking packing,
      Metadata metadata) {
    RowBlocks blocks = new RowBlocks(weights, geometry);
    blocks.fill(packing);
    return blocks.result(scheme, metadata);
  }

  private void fill(ColumnPacking packing) {
    int perCrossbar = geometry.weightsPerWordline();
    BlockWeights block = new BlockWeights(weights, geometry.signs());
    for (int first = 0; first < weights.rows(); first += geometry.rows()) {
      int[] rows = consecutive(first, Math.min(geometry.rows(), weights.rows() - first));
      block.sum(rows);
      for (Sign part : Sign.parts(geometry.signs())) {
        int[] weight = block.of(part);
        fewestCrossbars += ceilDiv(nonZeroColumns(weight), perCrossbar);
        for (int[] columns : packing.pack(weight, perCrossbar)) {
          columnsMoved |= !natural(columns, perCrossbar);
          crossbars.add(new Crossbar(part, List.of(new Segment(rows, columns))));
        }
      }
    }
  }

  private LayerMapping result(String scheme, Metadata metadata) {
    return new LayerMapping(
        scheme,
        geometry,
        weights.rows(),
        weights.columns(),
        weights.nonZeros(),
        crossbars,
        columnsMoved,
        metadata.bits(this),
        2 * tiles(),
        fewestCrossbars * geometry.arraysPerSlot(),
        cellBound());
  }

  /** Tiles of one sign part. */
  long tiles() {
    return ceilDiv(weights.rows(), geometry.rows())
        * ceilDiv(weights.columns(), geometry.weightsPerWordline());
  }

  /** Index memory that tells for each bitline group of each crossbar which output it feeds. */
  long columnIndexBits() {
    if (!columnsMoved) {
      return 0;
    }
    int indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(weights.columns() - 1);
    return (long) crossbars.size() * geometry.weightsPerWordline() * indexBits;
  }

  /** One bit for each tile of each sign part. */
  long tileBitmapBits() {
    return tiles() * Sign.parts(geometry.signs()).size();
  }

  private long cellBound() {
    long places = (long) geometry.rows() * geometry.weightsPerWordline();
    if (geometry.signs() == SignScheme.PAIRS) {
      return ceilDiv(weights.nonZeros(), places) * geometry.arraysPerSlot();
    }
    long positive = 0;
    short[] row = new short[weights.columns()];
    for (int r = 0; r < weights.rows(); r++) {
      weights.copyRow(r, row);
      for (short value : row) {
        positive += value > 0 ? 1 : 0;
      }
    }
    return ceilDiv(positive, places) + ceilDiv(weights.nonZeros() - positive, places);
  }

  /** Whether the columns are where the dense mapping has them, or a part of it. */
  private static boolean natural(int[] columns, int perCrossbar) {
    if (columns[0] % perCrossbar != 0) {
      return false;
    }
    for (int i = 1; i < columns.length; i++) {
      if (columns[i] != columns[0] + i) {
        return false;
      }
    }
    return true;
  }

  private static int nonZeroColumns(int[] weight) {
    int found = 0;
    for (int w : weight) {
      found += w == 0 ? 0 : 1;
    }
    return found;
  }

  /** The numbers {@code first, first + 1, ...}. */
  static int[] consecutive(int first, int count) {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = first + i;
    }
    return numbers;
  }

  static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  /** The index memory of a scheme. */
  @FunctionalInterface
  interface Metadata {
    long bits(RowBlocks blocks);
  }
}
