package io.github.primesim.kernel;

import java.util.Arrays;

/** Slots of events of one tick in the order (priority, order of {@link #add}). */
final class SortedSlots {
  /** The priority in the high half, the position in {@link #slots} in the low one. */
  private long[] keys = new long[16];

  private int[] slots = new int[16];
  private int[] rest = new int[16];
  private int first;
  private int size;

  boolean isEmpty() {
    return first == size;
  }

  /** The lowest priority number there is. */
  int firstPriority() {
    return (int) (keys[first] >> Integer.SIZE);
  }

  int removeFirst() {
    return slots[(int) keys[first++]];
  }

  /** Puts what is left to the front, so that more can be added. */
  void keepRest() {
    int left = size - first;
    if (left > rest.length) {
      rest = new int[slots.length];
    }
    for (int i = 0; i < left; i++) {
      rest[i] = slots[(int) keys[first + i]];
      keys[i] = (keys[first + i] & -1L << Integer.SIZE) | i;
    }
    System.arraycopy(rest, 0, slots, 0, left);
    first = 0;
    size = left;
  }

  /** Adds a slot; {@link #sort} has to follow. */
  void add(int priority, int slot) {
    if (size == slots.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      slots = Arrays.copyOf(slots, 2 * size);
    }
    slots[size] = slot;
    keys[size] = ((long) priority << Integer.SIZE) | size;
    size++;
  }

  void sort() {
    Arrays.sort(keys, first, size);
  }
}
