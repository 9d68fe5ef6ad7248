package io.github.primesim.pruning;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.network.Layer;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Column segments go, the unit that {@code block-compact} can drop: the rows of one row block in
 * one weight column, bias row included. The last one may overshoot the target by less than itself.
 *
 * <p>By {@link Rank#NORM} segments go in the order of their L2 norm over the root mean square of
 * their layer: a single ranking of bare norms starves the layers with small weights.
 *
 * <p>By {@link Rank#COST} the unit is an array: the lightest segments of a block that together make
 * it one crossbar smaller. Its price is the growth of the layer's noise to signal, energy pruned
 * over energy kept, for each input position and array saved; the cheapest goes. As a layer thins
 * the price of the rest rises, and the last array has none, so no layer is emptied.
 */
public final class SegmentPruning implements PruningScheme {
  /** Kept energy below this share is rounding. */
  private static final double NOTHING = 1e-12;

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public List<Share> shares() {
    return List.of(Share.WEIGHTS);
  }

  @Override
  public boolean protectsEnds() {
    return true;
  }

  @Override
  public void prune(PruningRequest request, Mask mask) {
    for (Scope scope : Scope.of(request, mask)) {
      List<LayerSegments> layers = new ArrayList<>();
      for (Layer layer : scope.layers()) {
        layers.add(new LayerSegments(request, layer, mask));
      }
      switch (request.rank()) {
        case NORM -> byNorm(layers, scope.weights());
        case COST -> byCost(request, layers, scope.weights());
      }
    }
  }

  private static void byNorm(List<LayerSegments> layers, long weights) {
    int count = Math.toIntExact(layers.stream().mapToLong(LayerSegments::count).sum());
    long[] order = new long[count];
    int next = 0;
    for (LayerSegments layer : layers) {
      double unit = Math.sqrt(layer.energy() / layer.count());
      for (int segment = 0; segment < layer.count(); segment++) {
        float norm = layer.energy(segment) == 0 ? 0 : (float) (norm(layer, segment) / unit);
        order[next] = (long) Float.floatToRawIntBits(norm) << Integer.SIZE | next;
        next++;
      }
    }
    Arrays.sort(order);
    long left = weights;
    for (int i = 0; i < count && left > 0; i++) {
      int segment = (int) order[i];
      int at = 0;
      while (segment >= layers.get(at).count()) {
        segment -= layers.get(at++).count();
      }
      left -= layers.get(at).clear(segment);
    }
  }

  private static double norm(LayerSegments layer, int segment) {
    return Math.sqrt(layer.energy(segment));
  }

  private static void byCost(PruningRequest request, List<LayerSegments> layers, long weights) {
    List<Shrinking> shrinking = new ArrayList<>();
    for (LayerSegments layer : layers) {
      long positions = request.network().positions(layer.layer());
      shrinking.add(new Shrinking(layer, positions, request.geometry()));
    }
    long left = weights;
    while (left > 0) {
      Shrinking cheapest = null;
      double least = Double.POSITIVE_INFINITY;
      for (Shrinking each : shrinking) {
        double price = each.price();
        if (price < least) {
          least = price;
          cheapest = each;
        }
      }
      if (cheapest == null) {
        throw new InputProblem(
            "--target "
                + request.target()
                + ": would clear a whole layer, allowed: less, or fewer layers in --protect");
      }
      left -= cheapest.shrink();
    }
  }

  /** A layer on its way to fewer arrays. */
  private static final class Shrinking {
    private final long positions;
    private final double whole;
    private double energy;
    private final PriorityQueue<Block> blocks = new PriorityQueue<>();

    Shrinking(LayerSegments segments, long positions, CrossbarGeometry geometry) {
      this.positions = positions;
      this.whole = segments.energy();
      this.energy = whole;
      for (int b = 0; b < segments.blocks(); b++) {
        Block block = new Block(segments, b, geometry);
        if (block.next()) {
          blocks.add(block);
        }
      }
    }

    /** Of the next array; infinite where it is the last. */
    double price() {
      if (blocks.isEmpty()) {
        return Double.POSITIVE_INFINITY;
      }
      Block block = blocks.element();
      double rest = energy - block.loss;
      return rest <= whole * NOTHING
          ? Double.POSITIVE_INFINITY
          : (whole / rest - whole / energy) / ((double) positions * block.arrays);
    }

    /** Saves the cheapest arrays; returns the weights that went with them. */
    int shrink() {
      Block block = blocks.remove();
      energy -= block.loss;
      int cleared = block.clear();
      if (block.next()) {
        blocks.add(block);
      }
      return cleared;
    }
  }

  /** A row block with its segments from light to heavy, and the step to its next smaller size. */
  private static final class Block implements Comparable<Block> {
    private final LayerSegments segments;
    private final int number;
    private final int perCrossbar;
    private final int arraysPerSlot;
    private final int[] order;
    private final int[] columnsLeft;
    private int begin;
    private int end;
    private double loss;
    private int arrays;

    Block(LayerSegments segments, int number, CrossbarGeometry geometry) {
      this.segments = segments;
      this.number = number;
      this.perCrossbar = geometry.weightsPerWordline();
      this.arraysPerSlot = geometry.arraysPerSlot();
      int first = segments.first(number);
      this.order =
          Arrays.stream(numbers(first, segments.perBlock()))
              .filter(segment -> segments.energy(segment) > 0)
              .boxed()
              .sorted((a, b) -> Double.compare(segments.energy(a), segments.energy(b)))
              .mapToInt(Integer::intValue)
              .toArray();
      this.columnsLeft = new int[segments.parts()];
      for (int segment : order) {
        count(segment, 1);
      }
    }

    private static int[] numbers(int first, int count) {
      int[] numbers = new int[count];
      Arrays.setAll(numbers, i -> first + i);
      return numbers;
    }

    private void count(int segment, int change) {
      for (int part = 0; part < columnsLeft.length; part++) {
        columnsLeft[part] += segments.occupies(segment, part) ? change : 0;
      }
    }

    private int arraysLeft() {
      int crossbars = 0;
      for (int columns : columnsLeft) {
        crossbars += (columns + perCrossbar - 1) / perCrossbar;
      }
      return crossbars * arraysPerSlot;
    }

    /** Looks for the fewest segments, lightest first, whose loss saves an array. */
    boolean next() {
      begin = end;
      loss = 0;
      arrays = 0;
      int before = arraysLeft();
      while (arrays == 0 && end < order.length) {
        loss += segments.energy(order[end]);
        count(order[end], -1);
        end++;
        arrays = before - arraysLeft();
      }
      return arrays > 0;
    }

    int clear() {
      int cleared = 0;
      for (int i = begin; i < end; i++) {
        cleared += segments.clear(order[i]);
      }
      return cleared;
    }

    @Override
    public int compareTo(Block other) {
      int byLoss = Double.compare(loss / arrays, other.loss / other.arrays);
      return byLoss != 0 ? byLoss : Integer.compare(number, other.number);
    }
  }
}
