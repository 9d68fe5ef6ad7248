package io.github.primesim.mapping;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.IntegerMatrix;
import java.util.Arrays;
import java.util.List;
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

  /** The rows of a matrix as items, read by the threads that there are. */
  static SparsePattern ofRows(IntegerMatrix weights, SignScheme signs, Threads threads) {
    int rows = weights.rows();
    int parts = Math.min(rows, threads.count());
    return joined(
        threads.each(
            parts,
            part ->
                ofRows(
                    weights,
                    signs,
                    (int) ((long) rows * part / parts),
                    (int) ((long) rows * (part + 1) / parts))));
  }

  private static SparsePattern ofRows(IntegerMatrix weights, SignScheme signs, int first, int end) {
    int columns = weights.columns();
    int shift = signs == SignScheme.INDEPENDENT ? columns : 0;
    int[] start = new int[end - first + 1];
    // As many as an even spread would have; rows differ.
    int[] feature = new int[(int) (weights.nonZeros() * (end - first) / weights.rows()) + columns];
    short[] row = new short[columns];
    int next = 0;
    for (int r = first; r < end; r++) {
      weights.copyRow(r, row);
      if (feature.length - next < columns) {
        feature = Arrays.copyOf(feature, Math.max(next + columns, next + next / 2));
      }
      next = shift == 0 ? append(row, feature, next) : appendSigns(row, feature, next, shift);
      start[r - first + 1] = next;
    }
    return new SparsePattern(columns + shift, start, Arrays.copyOf(feature, next));
  }

  private static int append(short[] row, int[] feature, int from) {
    int next = from;
    for (int c = 0; c < row.length; c++) {
      if (row[c] != 0) {
        feature[next++] = c;
      }
    }
    return next;
  }

  private static int appendSigns(short[] row, int[] feature, int from, int shift) {
    int next = from;
    for (int c = 0; c < row.length; c++) {
      if (row[c] > 0) {
        feature[next++] = c;
      }
    }
    for (int c = 0; c < row.length; c++) {
      if (row[c] < 0) {
        feature[next++] = shift + c;
      }
    }
    return next;
  }

  private static SparsePattern joined(List<SparsePattern> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int items = parts.stream().mapToInt(SparsePattern::items).sum();
    int[] start = new int[items + 1];
    int[] feature = new int[parts.stream().mapToInt(part -> part.feature.length).sum()];
    int item = 0;
    int next = 0;
    for (SparsePattern part : parts) {
      for (int i = 0; i < part.items(); i++) {
        start[++item] = next + part.start[i + 1];
      }
      System.arraycopy(part.feature, 0, feature, next, part.feature.length);
      next += part.feature.length;
    }
    return new SparsePattern(parts.get(0).features, start, feature);
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

  /**
   * The other way round: the items of each feature from {@code first} to {@code end} - 1, which
   * become 0 up.
   */
  SparsePattern transposed(int first, int end) {
    int count = end - first;
    int[] itemStart = new int[count + 2];
    for (int f : feature) {
      if (f >= first && f < end) {
        itemStart[f - first + 2]++;
      }
    }
    for (int f = 0; f < count; f++) {
      itemStart[f + 2] += itemStart[f + 1];
    }
    int[] item = new int[itemStart[count + 1]];
    for (int i = 0; i < items(); i++) {
      for (int k = start[i]; k < start[i + 1]; k++) {
        int f = feature[k];
        if (f >= first && f < end) {
          item[itemStart[f - first + 1]++] = i;
        }
      }
    }
    return new SparsePattern(items(), Arrays.copyOf(itemStart, count + 1), item);
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
  long crossbars(int[] order, int perGroup, int featuresPerPart, int perCrossbar, Threads threads) {
    int groups = (int) RowBlocks.ceilDiv(order.length, perGroup);
    int parts = Math.max(1, Math.min(groups, threads.count()));
    return threads
        .each(
            parts,
            part ->
                crossbars(
                    Arrays.copyOfRange(
                        order,
                        Math.min(order.length, perGroup * (int) ((long) groups * part / parts)),
                        Math.min(
                            order.length, perGroup * (int) ((long) groups * (part + 1) / parts))),
                    perGroup,
                    featuresPerPart,
                    perCrossbar))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private long crossbars(int[] order, int perGroup, int featuresPerPart, int perCrossbar) {
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
