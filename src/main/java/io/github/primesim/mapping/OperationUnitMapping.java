package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Column exchange within slices of few rows, stacked in one crossbar and activated one after
 * another: the fewer rows a slice has, the more of its columns are zero and need no cells.
 *
 * <p>A row block as high as a crossbar is cut into slices of h rows. The columns of a slice that
 * are not zero are packed heaviest first into segments as wide as a crossbar. Crossbar i of a block
 * stacks segment i of each slice, so the crossbars of a block share their rows. Segments of which a
 * block does not have one in every slice are stacked over blocks at the end, so that the segments
 * of a sign take the fewest crossbars there can be; they stay with their block where slices of h
 * rows do not fill a crossbar exactly.
 *
 * <p>Each segment has indexes that name its outputs; segments stacked at the end name their slice
 * too. A crossbar takes as many activations as it has segments.
 *
 * <p>Source: after the operation units of Sparse ReRAM Engine (ISCA 2019).
 */
public final class OperationUnitMapping implements Mapping {
  /**
   * Rows of a slice where nothing else is asked for: few enough that most columns of a layer pruned
   * to a tenth are zero in a slice, and a divisor of every usual crossbar height.
   */
  public static final int DEFAULT_SLICE_ROWS = 8;

  private final int sliceRows;
  private final Threads threads;

  /** Slices of {@link #DEFAULT_SLICE_ROWS} rows, in one thread. */
  public OperationUnitMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Slices of {@link #DEFAULT_SLICE_ROWS} rows. */
  public OperationUnitMapping(MappingOptions options) {
    this(DEFAULT_SLICE_ROWS, options);
  }

  /**
   * Slices of any height.
   *
   * @param sliceRows rows activated at once, at least 1; more than a crossbar has means all
   */
  public OperationUnitMapping(int sliceRows, MappingOptions options) {
    if (sliceRows < 1) {
      throw new IllegalArgumentException("a slice has at least 1 row, was " + sliceRows);
    }
    this.sliceRows = sliceRows;
    this.threads = new Threads(options.threads());
  }

  @Override
  public String name() {
    return "operation-unit";
  }

  @Override
  public String description() {
    return "block-compact in slices of 8 rows, stacked in a crossbar";
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    Stacks stacks = new Stacks(geometry, Math.min(sliceRows, geometry.rows()));
    List<int[]> rows = HeaviestFirst.cut(RowBlocks.consecutive(0, weights.rows()), geometry.rows());
    threads
        .each(
            rows.size(),
            () -> new RowBlock.Lanes(weights.columns()),
            (lanes, i) -> new Sliced(weights, geometry, rows.get(i), stacks.sliceRows, lanes))
        .forEach(stacks::add);
    stacks.stackRest();
    int slices = (int) RowBlocks.ceilDiv(weights.rows(), stacks.sliceRows);
    return LayerMapping.of(
        name(),
        weights,
        geometry,
        stacks.crossbars,
        InputOrder.NATURAL,
        stacks.columnsMoved,
        new Metadata(
            stacks.columnsMoved
                ? stacks.segments
                    * geometry.weightsPerWordline()
                    * Metadata.indexBits(weights.columns())
                : 0,
            stacks.segmentsOfRest * Metadata.indexBits(slices),
            0),
        stacks.columnBound,
        weights.nonZeros() - stacks.negatives,
        stacks.negatives);
  }

  /** A row block, its slices packed. */
  private static final class Sliced {
    /** By sign part and slice. */
    private final List<List<List<Segment>>> segments = new ArrayList<>();

    private final long[] occupied;
    private long negatives;

    Sliced(
        IntegerMatrix weights,
        CrossbarGeometry geometry,
        int[] rows,
        int sliceRows,
        RowBlock.Lanes lanes) {
      List<Sign> parts = Sign.parts(geometry.signs());
      boolean[][] used = new boolean[parts.size()][weights.columns()];
      parts.forEach(part -> segments.add(new ArrayList<>()));
      occupied = new long[parts.size()];
      for (int[] slice : HeaviestFirst.cut(rows, sliceRows)) {
        RowBlock block = new RowBlock(weights, geometry.signs(), 0, slice, lanes);
        negatives += block.negatives();
        for (int p = 0; p < occupied.length; p++) {
          List<Segment> packed = new ArrayList<>();
          for (int[] columns : block.heaviestFirst(parts.get(p), geometry.weightsPerWordline())) {
            packed.add(new Segment(slice, columns));
            for (int column : columns) {
              occupied[p] += used[p][column] ? 0 : 1;
              used[p][column] = true;
            }
          }
          segments.get(p).add(packed);
        }
      }
    }
  }

  /** Crossbars as they fill. */
  private static final class Stacks {
    private final CrossbarGeometry geometry;
    private final int sliceRows;
    private final int perCrossbar;
    private final boolean exact;
    private final List<Sign> parts;
    private final List<Crossbar> crossbars = new ArrayList<>();
    private final List<List<Segment>> rest = new ArrayList<>();
    private boolean columnsMoved;
    private long segments;
    private long segmentsOfRest;
    private long columnBound;
    private long negatives;

    Stacks(CrossbarGeometry geometry, int sliceRows) {
      this.geometry = geometry;
      this.sliceRows = sliceRows;
      perCrossbar = geometry.rows() / sliceRows;
      exact = geometry.rows() % sliceRows == 0;
      parts = Sign.parts(geometry.signs());
      parts.forEach(part -> rest.add(new ArrayList<>()));
    }

    void add(Sliced block) {
      negatives += block.negatives;
      for (int p = 0; p < parts.size(); p++) {
        columnBound += RowBlocks.ceilDiv(block.occupied[p], geometry.weightsPerWordline());
        List<List<Segment>> slices = block.segments.get(p);
        slices.forEach(slice -> segments += slice.size());
        int shared =
            exact && slices.size() < perCrossbar
                ? 0
                : slices.stream()
                    .mapToInt(List::size)
                    .reduce(exact ? Math::min : Math::max)
                    .orElse(0);
        for (int i = 0; i < shared; i++) {
          List<Segment> stack = new ArrayList<>();
          for (List<Segment> slice : slices) {
            if (i < slice.size()) {
              stack.add(slice.get(i));
            }
          }
          stack(p, stack);
        }
        for (List<Segment> slice : slices) {
          rest.get(p).addAll(slice.subList(Math.min(shared, slice.size()), slice.size()));
        }
      }
    }

    /** Columns moved unless every segment has the columns of the same tile. */
    private void stack(int part, List<Segment> stack) {
      crossbars.add(new Crossbar(parts.get(part), stack));
      int first = stack.get(0).columns()[0];
      for (Segment segment : stack) {
        columnsMoved |=
            segment.columns()[0] != first
                || !RowBlocks.natural(segment.columns(), geometry.weightsPerWordline());
      }
    }

    void stackRest() {
      for (int p = 0; p < parts.size(); p++) {
        List<Segment> left = rest.get(p);
        segmentsOfRest += left.size();
        for (int first = 0; first < left.size(); first += perCrossbar) {
          int end = Math.min(first + perCrossbar, left.size());
          stack(p, left.subList(first, end));
        }
      }
    }
  }
}
