package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the non-zeros are: for each item its features in ascending order. Items are rows and
 * features columns, or the other way round. With independent signs the negative weights of column c
 * of C columns count as column C + c, so that one pattern holds both parts.
 */
final class SparsePattern {
  private final int features;
  private final int[] start;
  private final int[] feature;

  private SparsePattern(int features, int[] start, int[] feature) {
    this.features = features;
    this.start = start;
    this.feature = feature;
  }

  /** The rows of a matrix as items. */
  static SparsePattern ofRows(IntegerMatrix weights, SignScheme signs) {
    int columns = weights.columns();
    int shift = signs == SignScheme.INDEPENDENT ? columns : 0;
    int[] start = new int[weights.rows() + 1];
    int[] feature = new int[Math.toIntExact(weights.nonZeros())];
    short[] row = new short[columns];
    int next = 0;
    for (int r = 0; r < weights.rows(); r++) {
      weights.copyRow(r, row);
      for (int c = 0; c < columns; c++) {
        if (row[c] > 0 || (shift == 0 && row[c] != 0)) {
          feature[next++] = c;
        }
      }
      for (int c = 0; shift > 0 && c < columns; c++) {
        if (row[c] < 0) {
          feature[next++] = shift + c;
        }
      }
      start[r + 1] = next;
    }
    return new SparsePattern(columns + shift, start, feature);
  }

  int items() {
    return start.length - 1;
  }

  int features() {
    return features;
  }

  /** Features of an item. */
  int degree(int item) {
    return start[item + 1] - start[item];
  }

  /** Where the features of {@code item} begin in {@link #list}; those of the next one follow. */
  int start(int item) {
    return start[item];
  }

  /** Features of all items, one item after another; not to be changed. */
  int[] list() {
    return feature;
  }

  /** Non-zeros of the items from {@code from} to {@code to}. */
  int nonZeros(int from, int to) {
    return start[to] - start[from];
  }

  /** Only the given items, in that order. */
  SparsePattern select(int[] items) {
    int[] selectedStart = new int[items.length + 1];
    for (int i = 0; i < items.length; i++) {
      selectedStart[i + 1] = selectedStart[i] + degree(items[i]);
    }
    int[] selected = new int[selectedStart[items.length]];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(feature, start[items[i]], selected, selectedStart[i], degree(items[i]));
    }
    return new SparsePattern(features, selectedStart, selected);
  }

  /** The items of each feature: an inverted index. */
  SparsePattern transposed() {
    int[] itemStart = new int[features + 2];
    for (int f : feature) {
      itemStart[f + 2]++;
    }
    for (int f = 0; f < features; f++) {
      itemStart[f + 2] += itemStart[f + 1];
    }
    int[] item = new int[feature.length];
    for (int i = 0; i < items(); i++) {
      for (int k = start[i]; k < start[i + 1]; k++) {
        item[itemStart[feature[k] + 1]++] = i;
      }
    }
    return new SparsePattern(items(), Arrays.copyOf(itemStart, features + 1), item);
  }

  /** The items that have a feature, in natural order. */
  int[] occupied() {
    return IntStream.range(0, items()).filter(i -> degree(i) > 0).toArray();
  }

  /**
   * Crossbars needed if items are grouped as listed and the features of each group's union are
   * packed.
   *
   * @param order items, {@code perGroup} of them to a group
   * @param featuresPerPart features of each part, which never share a crossbar
   */
  long crossbars(int[] order, int perGroup, int featuresPerPart, int perCrossbar) {
    int[] lastGroup = new int[features];
    int[] union = new int[features / featuresPerPart];
    long crossbars = 0;
    for (int first = 0; first < order.length; first += perGroup) {
      Arrays.fill(union, 0);
      for (int i = first; i < Math.min(first + perGroup, order.length); i++) {
        for (int k = start[order[i]]; k < start[order[i] + 1]; k++) {
          if (lastGroup[feature[k]] != first + 1) {
            lastGroup[feature[k]] = first + 1;
            union[feature[k] / featuresPerPart]++;
          }
        }
      }
      for (int size : union) {
        crossbars += RowBlocks.ceilDiv(size, perCrossbar);
      }
    }
    return crossbars;
  }
}
