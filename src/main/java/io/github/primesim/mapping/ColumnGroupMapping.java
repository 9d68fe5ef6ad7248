package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns with similar zeros share crossbars, and rows that are zero for a whole group are skipped:
 * a group whose columns need u rows takes ceil(u / m) crossbars of m wordlines.
 *
 * <p>Of natural order, columns by descending number of non-zeros, and greedily grown groups ({@link
 * UnionGrowth}) the one that needs the fewest crossbars is taken, the simplest one among equals.
 * Columns without weights are dropped. Signs that are mapped apart have groups of their own.
 *
 * <p>Each group has indexes that name its inputs, since every group selects rows of its own, and
 * its outputs where columns moved. Crossbars come out group by group; no two groups share
 * wordlines.
 *
 * <p>Source: after Sparse ReRAM Engine (ISCA 2019) and PIM-Prune (DAC 2020), which skip rows.
 */
public final class ColumnGroupMapping implements Mapping {
  private final Threads threads;

  /** Maps in one thread. */
  public ColumnGroupMapping() {
    this(MappingOptions.DEFAULT);
  }

  /** Maps with the threads of {@code options}, signs that are apart at once. */
  public ColumnGroupMapping(MappingOptions options) {
    threads = new Threads(options.threads());
  }

  @Override
  public String name() {
    return "column-group";
  }

  @Override
  public boolean movesInputs() {
    return true;
  }

  @Override
  public LayerMapping map(IntegerMatrix weights, CrossbarGeometry geometry) {
    SignScheme signs = geometry.signs();
    SparsePattern rows = SparsePattern.ofRows(weights, signs, threads);
    int columns = weights.columns();
    int[] natural = RowBlocks.consecutive(0, weights.rows());
    long columnBound =
        rows.crossbars(natural, geometry.rows(), columns, geometry.weightsPerWordline(), threads);
    List<Sign> parts = Sign.parts(signs);
    Threads perPart = new Threads(Math.max(1, threads.count() / parts.size()));
    List<Groups> groups =
        threads.each(
            parts.size(),
            i ->
                Groups.of(
                    rows.transposed(i * columns, (i + 1) * columns),
                    parts.get(i),
                    geometry,
                    perPart));
    List<Crossbar> crossbars = new ArrayList<>();
    groups.forEach(g -> crossbars.addAll(g.crossbars));
    boolean moved = groups.stream().anyMatch(g -> g.columnsMoved);
    boolean gathered = groups.stream().anyMatch(g -> g.rowsSkipped);
    long columnIndexes =
        groups.stream().mapToLong(g -> g.groups).sum() * geometry.weightsPerWordline();
    long rowIndexes = groups.stream().mapToLong(g -> g.rows).sum();
    return LayerMapping.of(
        name(),
        weights,
        geometry,
        crossbars,
        gathered ? InputOrder.GATHERED : InputOrder.NATURAL,
        moved,
        new Metadata(
            moved ? columnIndexes * Metadata.indexBits(columns) : 0,
            gathered ? rowIndexes * Metadata.indexBits(weights.rows()) : 0,
            0),
        columnBound,
        groups.stream().mapToLong(g -> g.nonZeros).toArray());
  }

  /** The groups of one sign part. */
  private static final class Groups {
    private final List<Crossbar> crossbars = new ArrayList<>();
    private boolean columnsMoved;
    private boolean rowsSkipped;
    private long groups;
    private long rows;
    private long nonZeros;

    static Groups of(SparsePattern columns, Sign part, CrossbarGeometry geometry, Threads threads) {
      int perGroup = geometry.weightsPerWordline();
      Groups groups = new Groups();
      groups.nonZeros = columns.nonZeros(0, columns.items());
      for (int[] group : HeaviestFirst.cut(order(columns, geometry, threads), perGroup)) {
        int[] union = union(columns, group);
        groups.groups++;
        groups.rows += union.length;
        groups.columnsMoved |= !RowBlocks.natural(group, perGroup);
        groups.rowsSkipped |= union.length < columns.features();
        for (int[] rows : HeaviestFirst.cut(union, geometry.rows())) {
          groups.crossbars.add(new Crossbar(part, List.of(new Segment(rows, group))));
        }
      }
      return groups;
    }

    private static int[] order(SparsePattern columns, CrossbarGeometry geometry, Threads threads) {
      int perGroup = geometry.weightsPerWordline();
      int[] chosen = columns.occupied();
      long fewest = crossbars(columns, chosen, geometry, threads);
      if (chosen.length > perGroup) {
        for (int[] order :
            List.of(UnionGrowth.byDegree(columns), UnionGrowth.order(columns, perGroup, threads))) {
          long crossbars = crossbars(columns, order, geometry, threads);
          if (crossbars < fewest) {
            fewest = crossbars;
            chosen = order;
          }
        }
      }
      return chosen;
    }

    private static long crossbars(
        SparsePattern columns, int[] order, CrossbarGeometry geometry, Threads threads) {
      return columns.crossbars(
          order, geometry.weightsPerWordline(), columns.features(), geometry.rows(), threads);
    }

    private static int[] union(SparsePattern columns, int[] group) {
      boolean[] used = new boolean[columns.features()];
      int size = 0;
      for (int column : group) {
        for (int k = columns.start(column); k < columns.start(column + 1); k++) {
          int row = columns.list()[k];
          size += used[row] ? 0 : 1;
          used[row] = true;
        }
      }
      int[] union = new int[size];
      int next = 0;
      for (int row = 0; row < used.length; row++) {
        if (used[row]) {
          union[next++] = row;
        }
      }
      return union;
    }
  }
}
