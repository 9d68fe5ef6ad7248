package io.github.primesim.kernel;

import java.util.Arrays;

/**
 * A waiting line in the order (arrival time, priority, sequence), with its statistics.
 *
 * <p>It holds {@code long} tokens whose meaning is the owner's: an index, a packed command. First
 * come, first served by the cycle; among those that came in the same cycle the lower priority
 * number goes first, then the one inserted first. Inserting costs O(1), and for an item that
 * overtakes others of its cycle one step for each. The storage grows with the longest line and is
 * kept.
 */
public final class Queue {
  private final Experiment experiment;
  private final Accumulate length;
  private final Tally waits;

  /** Ring buffers whose size is a power of two. */
  private long[] items = new long[8];

  private long[] arrivals = new long[8];
  private int[] priorities = new int[8];
  private int first;
  private int size;

  /** An empty line. */
  public Queue(Experiment experiment, String name) {
    this.experiment = experiment;
    this.length = new Accumulate(experiment, name + " length", 0);
    this.waits = new Tally(name + " waits");
  }

  /** Inserts {@code item} at priority 0. */
  public void insert(long item) {
    insert(item, 0);
  }

  /**
   * Inserts {@code item}.
   *
   * @param priority lower numbers go first among the items of the same cycle
   */
  public void insert(long item, int priority) {
    if (size == items.length) {
      grow();
    }
    int mask = items.length - 1;
    long now = experiment.now();
    int hole = (first + size) & mask;
    for (int ahead = size - 1; ahead >= 0; ahead--) {
      int other = (first + ahead) & mask;
      if (arrivals[other] != now || priorities[other] <= priority) {
        break;
      }
      items[hole] = items[other];
      arrivals[hole] = arrivals[other];
      priorities[hole] = priorities[other];
      hole = other;
    }
    items[hole] = item;
    arrivals[hole] = now;
    priorities[hole] = priority;
    length.update(++size);
  }

  /**
   * The item whose turn is next.
   *
   * @throws IllegalStateException if the line is empty
   */
  public long first() {
    requireItem();
    return items[first];
  }

  /**
   * Removes the item whose turn is next and records how long it waited.
   *
   * @throws IllegalStateException if the line is empty
   */
  public long removeFirst() {
    requireItem();
    long item = items[first];
    waits.update(experiment.now() - arrivals[first]);
    first = (first + 1) & (items.length - 1);
    length.update(--size);
    return item;
  }

  /** Records an item that is served on arrival: a wait of no cycles, outside the line. */
  void pass() {
    waits.update(0);
  }

  /** Whether nobody waits. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Number of items waiting. */
  public int length() {
    return size;
  }

  /** The longest the line has been. */
  public int maxLength() {
    return (int) length.max();
  }

  /** Cycles waited by all items together, those that still wait included. */
  public long waitingCycles() {
    return length.integral();
  }

  /** Waiting time of each item served so far, in cycles. */
  public Tally waits() {
    return waits;
  }

  private void requireItem() {
    if (size == 0) {
      throw new IllegalStateException(length.name() + " is 0: nobody waits");
    }
  }

  private void grow() {
    int old = items.length;
    items = Arrays.copyOf(items, 2 * old);
    arrivals = Arrays.copyOf(arrivals, 2 * old);
    priorities = Arrays.copyOf(priorities, 2 * old);
    // The ring is full: what stands before `first` is its end and moves behind the old storage.
    System.arraycopy(items, 0, items, old, first);
    System.arraycopy(arrivals, 0, arrivals, old, first);
    System.arraycopy(priorities, 0, priorities, old, first);
  }
}
