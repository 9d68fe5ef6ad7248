package io.github.primesim.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Orders places by their weight, heaviest first; equal ones keep their order, those without weight
 * are left out. A radix sort in arrays that are used again: one thread orders block after block in
 * the same.
 */
final class WeightOrder {
  private static final int DIGIT_BITS = 11;

  private final int[] start = new int[1 << DIGIT_BITS];
  private int[] order;
  private int[] sorted;

  /**
   * Arrays for weights of that many places.
   *
   * @param places at most as many are ordered
   */
  WeightOrder(int places) {
    order = new int[places];
    sorted = new int[places];
  }

  /** The places that have weight. */
  int[] of(int[] weight) {
    int kept = sort(weight); // first, since it changes which array holds the order
    return Arrays.copyOf(order, kept);
  }

  /** The same cut into groups, all full but the last. */
  List<int[]> groups(int[] weight, int perGroup) {
    int kept = sort(weight);
    List<int[]> groups = new ArrayList<>((kept + perGroup - 1) / perGroup);
    for (int first = 0; first < kept; first += perGroup) {
      groups.add(Arrays.copyOfRange(order, first, Math.min(first + perGroup, kept)));
    }
    return groups;
  }

  /** Leaves the places in {@link #order}; returns how many there are. */
  private int sort(int[] weight) {
    int union = 0;
    int kept = 0;
    for (int w : weight) {
      union |= w;
      kept += -w >>> 31; // 1 for a weight above zero; without a choice the loop is vectorised
    }
    gather(weight, kept);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(union);
    for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
      scatter(weight, kept, shift, (1 << Math.min(DIGIT_BITS, bits - shift)) - 1);
    }
    return kept;
  }

  private void gather(int[] weight, int kept) {
    int[] places = order;
    int next = 0;
    for (int place = 0; next < kept; place++) {
      places[next] = place;
      next += -weight[place] >>> 31; // no branch: nobody could predict it
    }
  }

  /** Sorts by one digit, the largest first. */
  private void scatter(int[] weight, int kept, int shift, int mask) {
    int[] from = order;
    int[] to = sorted;
    Arrays.fill(start, 0, mask + 1, 0);
    for (int i = 0; i < kept; i++) {
      start[~weight[from[i]] >>> shift & mask]++;
    }
    int heavier = 0;
    for (int digit = 0; digit <= mask; digit++) {
      int here = start[digit];
      start[digit] = heavier;
      heavier += here;
    }
    for (int i = 0; i < kept; i++) {
      to[start[~weight[from[i]] >>> shift & mask]++] = from[i];
    }
    order = to;
    sorted = from;
  }
}
