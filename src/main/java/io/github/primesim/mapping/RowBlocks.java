package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A weight matrix whose rows are cut into blocks as high as a crossbar, and the crossbars into
 * which a scheme packs the columns of each block.
 *
 * <p>Crossbars come out block by block, positive before negative parts: neighbours have the same
 * rows, as crossbars need that share their wordlines.
 */
final class RowBlocks {
  private final IntegerMatrix weights;
  private final CrossbarGeometry geometry;
  private final ArrayList<Crossbar> crossbars = new ArrayList<>();
  private boolean columnsMoved;
  private long fewestCrossbars;
  private long negatives;

  private RowBlocks(IntegerMatrix weights, CrossbarGeometry geometry) {
    this.weights = weights;
    this.geometry = geometry;
  }

  /** Packs with the rows in natural order. */
  static RowBlocks pack(
      IntegerMatrix weights, CrossbarGeometry geometry, ColumnPacking packing, Threads threads) {
    return pack(
        weights,
        geometry,
        HeaviestFirst.cut(consecutive(0, weights.rows()), geometry.rows()),
        packing,
        threads);
  }

  /**
   * Packs the given blocks.
   *
   * @param rows of each block; rows that are zero may be missing
   */
  static RowBlocks pack(
      IntegerMatrix weights,
      CrossbarGeometry geometry,
      List<int[]> rows,
      ColumnPacking packing,
      Threads threads) {
    RowBlocks blocks = new RowBlocks(weights, geometry);
    List<Packed> packed =
        threads.each(
            rows.size(),
            () -> new RowBlock.Lanes(weights.columns()),
            (lanes, number) -> blocks.packed(number, rows.get(number), packing, lanes));
    blocks.crossbars.ensureCapacity(packed.stream().mapToInt(p -> p.crossbars.size()).sum());
    packed.forEach(blocks::add);
    return blocks;
  }

  private Packed packed(int number, int[] rows, ColumnPacking packing, RowBlock.Lanes lanes) {
    int perCrossbar = geometry.weightsPerWordline();
    RowBlock block = new RowBlock(weights, geometry.signs(), number, rows, lanes);
    Packed packed = new Packed(block.negatives());
    for (Sign part : Sign.parts(geometry.signs())) {
      packed.fewestCrossbars += ceilDiv(block.occupied(part), perCrossbar);
      List<int[]> groups = packing.pack(block, part, perCrossbar);
      packed.crossbars.ensureCapacity(packed.crossbars.size() + groups.size());
      for (int[] columns : groups) {
        packed.columnsMoved |= !natural(columns, perCrossbar);
        packed.crossbars.add(new Crossbar(part, List.of(new Segment(rows, columns))));
      }
    }
    return packed;
  }

  private void add(Packed packed) {
    crossbars.addAll(packed.crossbars);
    columnsMoved |= packed.columnsMoved;
    fewestCrossbars += packed.fewestCrossbars;
    negatives += packed.negatives;
  }

  /** The mapping, of rows in natural order. */
  LayerMapping mapping(String scheme, Metadata metadata) {
    return mapping(scheme, InputOrder.NATURAL, metadata, fewestCrossbars);
  }

  /**
   * The mapping.
   *
   * @param columnBound fewest crossbars with the rows in natural order
   */
  LayerMapping mapping(String scheme, InputOrder inputs, Metadata metadata, long columnBound) {
    return LayerMapping.of(
        scheme,
        weights,
        geometry,
        crossbars,
        inputs,
        columnsMoved,
        metadata,
        columnBound,
        weights.nonZeros() - negatives,
        negatives);
  }

  /** Whether any column is where the dense mapping does not have it. */
  boolean columnsMoved() {
    return columnsMoved;
  }

  /** Index memory that tells for each bitline group of each crossbar which output it feeds. */
  long columnIndexBits() {
    return columnsMoved
        ? (long) crossbars.size()
            * geometry.weightsPerWordline()
            * Metadata.indexBits(weights.columns())
        : 0;
  }

  /** One bit for each tile of each sign part. */
  long tileBitmapBits() {
    return LayerMapping.tiles(weights, geometry) * Sign.parts(geometry.signs()).size();
  }

  /** Whether the columns are where the dense mapping has them, or a part of it. */
  static boolean natural(int[] columns, int perCrossbar) {
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

  /** The numbers {@code first, first + 1, ...}. */
  static int[] consecutive(int first, int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> first + i);
    return numbers;
  }

  static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  /** The crossbars of one block. */
  private static final class Packed {
    private final ArrayList<Crossbar> crossbars = new ArrayList<>(0);
    private final long negatives;
    private boolean columnsMoved;
    private long fewestCrossbars;

    Packed(long negatives) {
      this.negatives = negatives;
    }
  }
}
