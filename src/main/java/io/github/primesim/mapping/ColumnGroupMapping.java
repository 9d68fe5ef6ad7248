package io.github.primesim.mapping;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Columns with similar zeros share crossbars, and rows that are zero for a whole group are skipped:
 * a group whose columns need u rows takes ceil(u / m) crossbars of m wordlines.
 *
 * <p>Of natural order, columns by descending number of non-zeros, and greedily grown groups ({@link
 * UnionGrowth}) the one that needs the fewest crossbars is taken, the simplest one among equals.
 * Columns without weights are dropped. Signs that are mapped apart have groups of their own.
 *
 * <p>Each group has indexes that name its inputs, and its outputs where columns moved. Crossbars
 * come out group by group, each with rows of its own. Where crossbars share wordlines, groups that
 * can have the same rows without another crossbar have them, and their crossbars come out together,
 * row block by row block; the index memory names those rows once.
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
  public String description() {
    return "columns grouped, rows that are zero for a group left out";
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
    List<Bundle> bundles = Bundle.of(groups, geometry);
    List<Crossbar> crossbars = new ArrayList<>();
    bundles.forEach(bundle -> bundle.addCrossbars(crossbars));
    boolean moved = groups.stream().anyMatch(g -> g.columnsMoved);
    boolean gathered = bundles.stream().anyMatch(bundle -> bundle.height() < weights.rows());
    long columnIndexes =
        groups.stream().mapToLong(g -> g.list.size()).sum() * geometry.weightsPerWordline();
    long rowIndexes = bundles.stream().mapToLong(Bundle::height).sum();
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

  /** Columns that share crossbars. */
  private static final class Group {
    private final Sign part;
    private final int[] columns;

    /** Those in which any of the columns has a weight. */
    private final BitSet rows;

    Group(Sign part, int[] columns, BitSet rows) {
      this.part = part;
      this.columns = columns;
      this.rows = rows;
    }
  }

  /** The groups of one sign part. */
  private static final class Groups {
    private final List<Group> list = new ArrayList<>();
    private boolean columnsMoved;
    private long nonZeros;

    static Groups of(SparsePattern columns, Sign part, CrossbarGeometry geometry, Threads threads) {
      int perGroup = geometry.weightsPerWordline();
      Groups groups = new Groups();
      groups.nonZeros = columns.nonZeros(0, columns.items());
      for (int[] group : HeaviestFirst.cut(order(columns, geometry, threads), perGroup)) {
        groups.list.add(new Group(part, group, union(columns, group)));
        groups.columnsMoved |= !RowBlocks.natural(group, perGroup);
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

    private static BitSet union(SparsePattern columns, int[] group) {
      BitSet used = new BitSet(columns.features());
      for (int column : group) {
        for (int k = columns.start(column); k < columns.start(column + 1); k++) {
          used.set(columns.list()[k]);
        }
      }
      return used;
    }
  }

  /** Groups whose crossbars have the same rows, so that they can share wordlines. */
  private static final class Bundle {
    private final int wordlines;
    private final List<Group> groups = new ArrayList<>();
    private BitSet rows;

    private Bundle(Group first, int wordlines) {
      this.wordlines = wordlines;
      groups.add(first);
      rows = first.rows;
    }

    /**
     * Puts each group into the first bundle that has a slot left and whose rows together with those
     * of the group take no more crossbars than either alone. Where crossbars have wordlines of
     * their own, each group is by itself.
     */
    static List<Bundle> of(List<Groups> parts, CrossbarGeometry geometry) {
      List<Bundle> bundles = new ArrayList<>();
      List<Bundle> open = new ArrayList<>();
      for (Groups part : parts) {
        for (Group group : part.list) {
          boolean taken = open.stream().anyMatch(bundle -> bundle.take(group));
          if (!taken) {
            Bundle begun = new Bundle(group, geometry.rows());
            bundles.add(begun);
            open.add(begun);
          }
          open.removeIf(bundle -> bundle.groups.size() == geometry.slotsPerGroup());
        }
      }
      return bundles;
    }

    private boolean take(Group group) {
      if (blocks(rows) != blocks(group.rows)) {
        return false;
      }
      BitSet union = (BitSet) rows.clone();
      union.or(group.rows);
      if (blocks(union) > blocks(rows)) {
        return false;
      }
      rows = union;
      groups.add(group);
      return true;
    }

    private long blocks(BitSet union) {
      return RowBlocks.ceilDiv(union.cardinality(), wordlines);
    }

    /** Wordlines of all its row blocks. */
    int height() {
      return rows.cardinality();
    }

    /** Block by block, so that neighbours have the same rows. */
    void addCrossbars(List<Crossbar> crossbars) {
      for (int[] block : HeaviestFirst.cut(rows.stream().toArray(), wordlines)) {
        for (Group group : groups) {
          crossbars.add(new Crossbar(group.part, List.of(new Segment(block, group.columns))));
        }
      }
    }
  }
}
