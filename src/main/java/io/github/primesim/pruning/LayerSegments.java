package io.github.primesim.pruning;

import io.github.primesim.mapping.Sign;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import java.util.BitSet;
import java.util.List;

/**
 * The column segments of a layer: one for each row block of each weight matrix and each weight
 * column. A segment is the rows of the block in that column, the bias row included; it is what
 * {@code block-compact} can drop. Numbered matrix by matrix, block by block, column by column.
 */
final class LayerSegments {
  private final Network network;
  private final Layer layer;
  private final Mask mask;
  private final int rows;
  private final int columns;
  private final int height;
  private final int blocksPerMatrix;
  private final double[] energy;
  private final BitSet[] parts;

  /** Reads the weights that {@code mask} keeps. */
  LayerSegments(PruningRequest request, Layer layer, Mask mask) {
    this.network = request.network();
    this.layer = layer;
    this.mask = mask;
    this.rows = network.rows(layer);
    this.columns = network.columns(layer);
    this.height = request.geometry().rows();
    this.blocksPerMatrix = (rows + height - 1) / height;
    List<Sign> signs = Sign.parts(request.geometry().signs());
    this.energy = new double[Math.multiplyExact(blocks(), columns)];
    this.parts = new BitSet[signs.size()];
    for (int p = 0; p < parts.length; p++) {
      parts[p] = new BitSet(energy.length);
    }
    for (int m = 0; m < network.matrices(layer); m++) {
      float[] values = request.weights().matrix(layer, m).values();
      BitSet kept = mask.kept(layer, m);
      for (int at = kept.nextSetBit(0); at >= 0; at = kept.nextSetBit(at + 1)) {
        int segment = first(m * blocksPerMatrix + at / columns / height) + at % columns;
        energy[segment] += (double) values[at] * values[at];
        for (int p = 0; p < parts.length; p++) {
          if (signs.get(p).holds(values[at] > 0 ? 1 : -1)) {
            parts[p].set(segment);
          }
        }
      }
    }
  }

  Layer layer() {
    return layer;
  }

  /** Segments, empty ones included. */
  int count() {
    return energy.length;
  }

  /** Row blocks of all matrices. */
  int blocks() {
    return network.matrices(layer) * blocksPerMatrix;
  }

  /** Segments of a block: as many as a matrix has columns. */
  int perBlock() {
    return columns;
  }

  /** The first segment of a block. */
  int first(int block) {
    return block * columns;
  }

  /** Sum of the squared weights, the bias included. */
  double energy(int segment) {
    return energy[segment];
  }

  /** Sum over all segments. */
  double energy() {
    double sum = 0;
    for (double each : energy) {
      sum += each;
    }
    return sum;
  }

  /** Sign parts a crossbar holds apart. */
  int parts() {
    return parts.length;
  }

  /** Whether the segment has a weight in that sign part. */
  boolean occupies(int segment, int part) {
    return parts[part].get(segment);
  }

  /** Takes a segment out of the mask; returns how many weights it held, the bias left out. */
  int clear(int segment) {
    int block = segment / columns;
    int column = segment % columns;
    int from = block % blocksPerMatrix * height;
    BitSet kept = mask.kept(layer, block / blocksPerMatrix);
    int cleared = 0;
    for (int row = from; row < Math.min(rows, from + height); row++) {
      int at = row * columns + column;
      if (kept.get(at)) {
        kept.clear(at);
        cleared += row < network.inputRows(layer) ? 1 : 0;
      }
    }
    return cleared;
  }
}
