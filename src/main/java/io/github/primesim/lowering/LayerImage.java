package io.github.primesim.lowering;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.Segment;
import io.github.primesim.network.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy of a mapped layer, packed into mats of its own.
 *
 * <p>Tiles fill input groups and groups fill mats in the order of the mapping. The tiles of a group
 * share their wordlines, so a tile with other rows than its neighbour begins a new group.
 */
final class LayerImage {
  final Layer layer;
  final CrossbarGeometry geometry;
  final List<Tile> tiles;

  /** Input rows of each matrix of the layer, the bias left out. */
  final int inputRows;

  /** Columns of each matrix of the layer. */
  final int columns;

  /** Row of the bias in each matrix, -1 for none. */
  private final int biasRow;

  /** Tile at which each group begins; one more entry closes the last group. */
  private final int[] groupStart;

  private final int depth;

  /** Layouts that are tried ask for the same shares again. */
  private final Map<List<Integer>, Part> parts = new ConcurrentHashMap<>();

  LayerImage(
      Layer layer,
      CrossbarGeometry geometry,
      List<Tile> tiles,
      int inputRows,
      int columns,
      boolean bias) {
    this.layer = layer;
    this.geometry = geometry;
    this.tiles = List.copyOf(tiles);
    this.inputRows = inputRows;
    this.columns = columns;
    biasRow = bias ? inputRows : -1;
    groupStart = groups();
    depth = depth(0, mats());
  }

  private int[] groups() {
    List<Integer> starts = new ArrayList<>();
    for (int tile = 0; tile < tiles.size(); tile++) {
      int begun = starts.isEmpty() ? 0 : tile - starts.get(starts.size() - 1);
      if (starts.isEmpty()
          || begun == geometry.slotsPerGroup()
          || !sameRows(tiles.get(tile - 1), tiles.get(tile))) {
        starts.add(tile);
      }
    }
    starts.add(tiles.size());
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean sameRows(Tile a, Tile b) {
    List<Segment> first = a.crossbar.segments();
    List<Segment> second = b.crossbar.segments();
    if (a.matrix != b.matrix || first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!Arrays.equals(first.get(i).rows(), second.get(i).rows())) {
        return false;
      }
    }
    return true;
  }

  /** Rows of each matrix, the bias included. */
  int rows() {
    return biasRow < 0 ? inputRows : inputRows + 1;
  }

  int groupCount() {
    return groupStart.length - 1;
  }

  /** Mats of one copy; none where no crossbar was kept. */
  int mats() {
    return (groupCount() + geometry.groupsPerMat() - 1) / geometry.groupsPerMat();
  }

  /** Most segments of a crossbar: activations that follow one another. */
  int passes() {
    int most = 1;
    for (Tile tile : tiles) {
      most = Math.max(most, tile.crossbar.segments().size());
    }
    return most;
  }

  /** Block-diagonal copies within a group, for a copy that takes a single one. */
  int copiesWithinGroup() {
    if (groupCount() != 1) {
      return 1;
    }
    int wordlines = 0;
    int width = 0;
    for (Tile tile : tiles) {
      wordlines = Math.max(wordlines, tile.inputWordlines + tile.biasWordlines);
      width += tile.widestSegment;
    }
    int across = geometry.slotsPerGroup() * geometry.weightsPerWordline() / width;
    return Math.max(1, Math.min(geometry.rows() / wordlines, across));
  }

  /** Copies that sit side by side in a mat, each in groups of its own. */
  int copiesOverGroups() {
    return groupCount() == 0 ? 1 : Math.max(1, geometry.groupsPerMat() / groupCount());
  }

  /** Columns on the busiest sense amplifier when {@code copies} of the layer share one mat. */
  int depthOfCopies(int copies) {
    if (copies == 1) {
      return depth;
    }
    int over = copiesOverGroups();
    int withinGroup = (copies + over - 1) / over;
    if (withinGroup > 1) {
      int width = 0;
      for (Tile tile : tiles) {
        width += tile.widestSegment;
      }
      int columnsOfSlot = Math.min(withinGroup * width, geometry.weightsPerWordline());
      return geometry.slotsPerSenseAmplifier() * perSenseAmplifier(columnsOfSlot);
    }
    int[] load = new int[copies * tiles.size()];
    for (int i = 0; i < load.length; i++) {
      load[i] = perSenseAmplifier(tiles.get(i % tiles.size()).widestSegment);
    }
    return busiest(load);
  }

  /** Columns on the busiest sense amplifier of a copy on mats of its own. */
  int depth() {
    return depth;
  }

  /** Columns on the busiest sense amplifier of the mats from {@code fromMat} to {@code toMat}. */
  private int depth(int fromMat, int toMat) {
    int deepest = 0;
    for (int mat = fromMat; mat < toMat; mat++) {
      int first = tileAtMat(mat);
      int[] load = new int[tileAtMat(mat + 1) - first];
      for (int i = 0; i < load.length; i++) {
        load[i] = perSenseAmplifier(tiles.get(first + i).widestSegment);
      }
      deepest = Math.max(deepest, busiest(load));
    }
    return deepest;
  }

  private int perSenseAmplifier(int width) {
    return (width + geometry.senseAmplifiersPerSlot() - 1) / geometry.senseAmplifiersPerSlot();
  }

  /** Slots that share a sense amplifier are neighbours and are served one after another. */
  private int busiest(int[] load) {
    int shared = geometry.slotsPerSenseAmplifier();
    int most = 0;
    for (int from = 0; from < load.length; from += shared) {
      int sum = 0;
      for (int i = from; i < Math.min(from + shared, load.length); i++) {
        sum += load[i];
      }
      most = Math.max(most, sum);
    }
    return most;
  }

  private int tileAtMat(int mat) {
    return groupStart[Math.min(mat * geometry.groupsPerMat(), groupCount())];
  }

  /**
   * What the mats from {@code fromMat} to {@code toMat} of a copy do for one input vector.
   *
   * @param matBanks banks of the accumulator of a mat
   * @param subarrayBanks banks of the accumulator of a subarray
   */
  Part part(int fromMat, int toMat, int matBanks, int subarrayBanks) {
    return parts.computeIfAbsent(
        List.of(fromMat, toMat, matBanks, subarrayBanks),
        key -> new Part(this, fromMat, toMat, matBanks, subarrayBanks));
  }

  /** The share that some mats of a copy have in one input vector. */
  static final class Part {
    private final LayerImage image;
    private final int fromGroup;
    private final int toGroup;

    /** Numbers of the inputs needed: matrix times input rows plus row. */
    final BitSet inputs = new BitSet();

    /** Numbers of the outputs that get a contribution: matrix times columns plus column. */
    final BitSet outputs = new BitSet();

    /** Inputs of the matrices whose rows are permuted. */
    final BitSet permutedInputs = new BitSet();

    final int mats;
    final int depth;
    long inputWordlines;
    long biasWordlines;
    long results;

    /** Results of the matrices whose columns are moved. */
    long movedResults;

    /** Wordlines driven by inputs in the matrices whose crossbars choose rows of their own. */
    long gatheredWordlines;

    long inputPositions;
    long biasPositions;

    /** Cells of the wordlines in use over all bitlines, converted or not. */
    long inputCells;

    long biasCells;
    final long[] inputLevels;
    final long[] biasLevels;

    /** Additions inside mats that hold several parts of an output, and in their busiest bank. */
    long sumAdditions;

    long sumDepth;

    /** Additions where several mats hold parts of an output, and in the busiest bank. */
    long mergeAdditions;

    long mergeDepth;

    private Part(LayerImage image, int fromMat, int toMat, int matBanks, int subarrayBanks) {
      this.image = image;
      fromGroup = Math.min(fromMat * image.geometry.groupsPerMat(), image.groupCount());
      toGroup = Math.min(toMat * image.geometry.groupsPerMat(), image.groupCount());
      mats = toMat - fromMat;
      depth = image.depth(fromMat, toMat);
      int slices = image.tiles.isEmpty() ? 0 : image.tiles.get(0).inputLevels.length;
      inputLevels = new long[slices];
      biasLevels = new long[slices];
      long[] mergeBanks = new long[subarrayBanks];
      long distinctPerMat = 0;
      for (int mat = fromMat; mat < toMat; mat++) {
        BitSet outputsOfMat = addMat(mat, matBanks);
        distinctPerMat += outputsOfMat.cardinality();
        outputs.or(outputsOfMat);
        count(outputsOfMat, mergeBanks);
      }
      if (distinctPerMat > outputs.cardinality()) {
        mergeAdditions = distinctPerMat;
        mergeDepth = Arrays.stream(mergeBanks).max().orElse(0);
      }
    }

    /** Adds what a mat does; returns the outputs it contributes to. */
    private BitSet addMat(int mat, int matBanks) {
      BitSet outputsOfMat = new BitSet();
      long[] sumBanks = new long[matBanks];
      long resultsOfMat = 0;
      int lastGroup = Math.min((mat + 1) * image.geometry.groupsPerMat(), image.groupCount());
      for (int group = mat * image.geometry.groupsPerMat(); group < lastGroup; group++) {
        Tile first = image.tiles.get(image.groupStart[group]);
        inputWordlines += first.inputWordlines;
        biasWordlines += first.biasWordlines;
        gatheredWordlines += first.order == InputOrder.GATHERED ? first.inputWordlines : 0;
        addInputs(first);
        for (int t = image.groupStart[group]; t < image.groupStart[group + 1]; t++) {
          Tile tile = image.tiles.get(t);
          add(tile);
          resultsOfMat += tile.results;
          movedResults += tile.moved ? tile.results : 0;
          for (Segment segment : tile.crossbar.segments()) {
            addOutputs(segment.columns(), tile.matrix * image.columns, outputsOfMat, sumBanks);
          }
        }
      }
      results += resultsOfMat;
      if (resultsOfMat > outputsOfMat.cardinality()) {
        sumAdditions += resultsOfMat;
        sumDepth = Math.max(sumDepth, Arrays.stream(sumBanks).max().orElse(0));
      }
      return outputsOfMat;
    }

    private static void addOutputs(int[] columns, int first, BitSet outputs, long[] banks) {
      for (int column : columns) {
        int output = first + column;
        outputs.set(output);
        banks[output % banks.length]++;
      }
    }

    private static void count(BitSet outputs, long[] banks) {
      for (int o = outputs.nextSetBit(0); o >= 0; o = outputs.nextSetBit(o + 1)) {
        banks[o % banks.length]++;
      }
    }

    /** Its crossbars, by groups that share their wordlines. */
    List<List<Tile>> groups() {
      List<List<Tile>> groups = new ArrayList<>();
      for (int group = fromGroup; group < toGroup; group++) {
        groups.add(image.tiles.subList(image.groupStart[group], image.groupStart[group + 1]));
      }
      return groups;
    }

    /** Bitlines of a crossbar, in use or not. */
    int bitlines() {
      return image.geometry.bitlines();
    }

    /** Row of the bias in each matrix, -1 for none. */
    int biasRow() {
      return image.biasRow;
    }

    private void addInputs(Tile tile) {
      for (Segment segment : tile.crossbar.segments()) {
        addInputs(segment.rows(), tile.matrix * image.inputRows, inputs);
        if (tile.order == InputOrder.PERMUTED) {
          addInputs(segment.rows(), tile.matrix * image.inputRows, permutedInputs);
        }
      }
    }

    private void addInputs(int[] rows, int first, BitSet inputs) {
      for (int row : rows) {
        if (row != image.biasRow) {
          inputs.set(first + row);
        }
      }
    }

    private void add(Tile tile) {
      inputPositions += tile.inputPositions;
      biasPositions += tile.biasPositions;
      inputCells += (long) tile.inputWordlines * image.geometry.bitlines();
      biasCells += (long) tile.biasWordlines * image.geometry.bitlines();
      for (int slice = 0; slice < inputLevels.length; slice++) {
        inputLevels[slice] += tile.inputLevels[slice];
        biasLevels[slice] += tile.biasLevels[slice];
      }
    }
  }
}
