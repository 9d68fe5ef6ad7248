package io.github.primesim.kernel;

import java.util.Arrays;

/**
 * The pending events of one experiment: a timing wheel with a binary overflow heap, which yields
 * events in the order (time, priority, sequence).
 *
 * <p>The wheel has one bucket for each of the next {@value #SPAN} ticks, found through a two-level
 * bitmap; whatever lies beyond waits in the heap and moves to the wheel as soon as its tick comes
 * into reach. Scheduling and executing within the reach of the wheel is O(1), beyond it O(log n).
 *
 * <p>An event is a record of four {@code long} words in one flat array, named by its slot, and
 * buckets are lists linked through the slots. Flat words rather than pooled objects, because links
 * between long-lived objects pass the collector's write barrier each time an event is scheduled,
 * and because 32 bytes put two events on a cache line. Slots are reused last in, first out, so that
 * a run in steady state allocates nothing.
 *
 * <p>Why buckets are ordered without sorting: all events of a bucket have the same time, and those
 * scheduled directly come after those from the heap, because the heap is drained whenever the
 * present moves, before anything else can be scheduled. Only an event with a lower priority number
 * than the last one of its bucket has to look for its place, among the first few; if that takes too
 * long, the bucket is marked as out of order, and when its tick comes its events pass through a
 * second heap.
 */
final class EventList {
  /** No event. Slot 0 is never used. */
  static final int NONE = 0;

  private static final int SPAN = 4096;
  private static final int MASK = SPAN - 1;

  /** Events that one of a lower priority number is compared with before its bucket is marked. */
  private static final int SHORT_WALK = 8;

  /** Words of a record: sequence; payload; target (high half) and kind; priority and next slot. */
  private static final int WORDS_LOG2 = 2;

  private static final int SEQUENCE = 0;
  private static final int PAYLOAD = 1;
  private static final int TARGET_AND_KIND = 2;
  private static final int PRIORITY_AND_NEXT = 3;
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private long[] records = new long[64 << WORDS_LOG2];

  /**
   * Slots handed out so far, slot 0 included; the ones given back are linked from {@link #free}.
   */
  private int usedSlots = 1;

  private int free = NONE;

  /**
   * Last slot of each bucket's circular list: 0 when the bucket is empty, negated when its events
   * are not in the order of their priorities.
   */
  private final int[] tails = new int[SPAN];

  private final long[] occupied = new long[SPAN / Long.SIZE];
  private long occupiedWords;

  private final SlotHeap overflow = new SlotHeap();
  private final SlotHeap present = new SlotHeap();

  private long now;
  private long nextSequence;

  /** The present: no event before it is pending. */
  long now() {
    return now;
  }

  /** Number of events scheduled so far, which is the sequence number of the next one. */
  long scheduled() {
    return nextSequence;
  }

  long sequence(int slot) {
    return records[(slot << WORDS_LOG2) + SEQUENCE];
  }

  long payload(int slot) {
    return records[(slot << WORDS_LOG2) + PAYLOAD];
  }

  /** Number of the entity the event goes to, or 0 when it was cancelled. */
  int target(int slot) {
    return (int) (records[(slot << WORDS_LOG2) + TARGET_AND_KIND] >>> Integer.SIZE);
  }

  int kind(int slot) {
    return (int) records[(slot << WORDS_LOG2) + TARGET_AND_KIND];
  }

  private int priority(int slot) {
    return (int) (records[(slot << WORDS_LOG2) + PRIORITY_AND_NEXT] >> Integer.SIZE);
  }

  private int next(int slot) {
    return (int) records[(slot << WORDS_LOG2) + PRIORITY_AND_NEXT];
  }

  /**
   * Adds an event.
   *
   * @param time tick, at or after the present (not checked)
   * @param target number of the entity, positive
   * @return the event's slot, valid until it is polled
   */
  int schedule(long time, int priority, int target, int kind, long payload) {
    int slot = free;
    if (slot == NONE) {
      slot = newSlot();
    } else {
      free = next(slot);
    }
    long[] words = records;
    int word = slot << WORDS_LOG2;
    words[word + SEQUENCE] = nextSequence++;
    words[word + PAYLOAD] = payload;
    words[word + TARGET_AND_KIND] = ((long) target << Integer.SIZE) | (kind & LOW_HALF);
    // A record without successor: its bucket completes the word.
    words[word + PRIORITY_AND_NEXT] = (long) priority << Integer.SIZE;
    if (time - now < SPAN) {
      append(slot, time);
    } else {
      overflow.add(time, slot);
    }
    return slot;
  }

  private int newSlot() {
    if (usedSlots << WORDS_LOG2 == records.length) {
      records = Arrays.copyOf(records, Math.multiplyExact(records.length, 2));
    }
    return usedSlots++;
  }

  private void append(int slot, long time) {
    long[] words = records;
    int bucket = (int) time & MASK;
    int link = (slot << WORDS_LOG2) + PRIORITY_AND_NEXT;
    int tail = tails[bucket];
    if (tail == NONE) {
      words[link] |= slot;
      tails[bucket] = slot;
      occupied[bucket >> 6] |= 1L << bucket;
      occupiedWords |= 1L << (bucket >> 6);
      return;
    }
    int lastLink = (Math.abs(tail) << WORDS_LOG2) + PRIORITY_AND_NEXT;
    long last = words[lastLink];
    long own = words[link];
    int priority = (int) (own >> Integer.SIZE);
    if (tail > 0 && (int) (last >> Integer.SIZE) > priority) {
      if (!insertInOrder(slot, lastLink, link, priority)) {
        tails[bucket] = -slot;
      }
      return;
    }
    words[link] = own | (last & LOW_HALF);
    words[lastLink] = (last & ~LOW_HALF) | slot;
    tails[bucket] = tail > 0 ? slot : -slot;
  }

  /**
   * Puts an event that comes before the last one of its bucket into its place.
   *
   * @return false if the place is not among the first few; then it is put behind the last but the
   *     bucket is out of order
   */
  private boolean insertInOrder(int slot, int lastLink, int link, int priority) {
    long[] words = records;
    int before = lastLink;
    for (int step = 0; step < SHORT_WALK; step++) {
      long word = words[before];
      int next = ((int) word << WORDS_LOG2) + PRIORITY_AND_NEXT;
      if ((int) (words[next] >> Integer.SIZE) > priority) {
        words[link] |= word & LOW_HALF;
        words[before] = (word & ~LOW_HALF) | slot;
        return true;
      }
      before = next;
    }
    words[link] |= words[lastLink] & LOW_HALF;
    words[lastLink] = (words[lastLink] & ~LOW_HALF) | slot;
    return false;
  }

  /** Makes a pending event go to nobody. Its record stays in place until its tick comes. */
  void cancel(int slot) {
    records[(slot << WORDS_LOG2) + TARGET_AND_KIND] &= LOW_HALF;
  }

  /**
   * Removes the first event, moves the present to its time, and returns its slot, which stays
   * readable until {@link #release}; or {@link #NONE} when there is no event up to {@code limit}.
   *
   * @param limit last tick to look at, at or after the present
   */
  int poll(long limit) {
    int tail = tails[(int) now & MASK];
    if (tail == NONE && present.size == 0) {
      if (!advance(limit)) {
        return NONE;
      }
      tail = tails[(int) now & MASK];
    }
    if (tail > 0 && present.size == 0) {
      return removeHead(tail);
    }
    return pollByPriority(tail);
  }

  private int removeHead(int tail) {
    long[] words = records;
    int lastLink = (tail << WORDS_LOG2) + PRIORITY_AND_NEXT;
    long last = words[lastLink];
    int head = (int) last;
    if (head == tail) {
      clearPresentBucket();
    } else {
      long second = words[(head << WORDS_LOG2) + PRIORITY_AND_NEXT] & LOW_HALF;
      words[lastLink] = (last & ~LOW_HALF) | second;
    }
    return head;
  }

  private void clearPresentBucket() {
    int bucket = (int) now & MASK;
    tails[bucket] = NONE;
    long word = occupied[bucket >> 6] & ~(1L << bucket);
    occupied[bucket >> 6] = word;
    if (word == 0) {
      occupiedWords &= ~(1L << (bucket >> 6));
    }
  }

  /** The present tick has events of several priorities: the heap and the bucket are merged. */
  private int pollByPriority(int tail) {
    if (tail < 0) {
      int last = -tail;
      int slot = last;
      do {
        slot = next(slot);
        present.add(now, slot);
      } while (slot != last);
      clearPresentBucket();
    } else if (tail > 0 && before(next(tail), present.slots[0])) {
      return removeHead(tail);
    }
    return present.removeFirst();
  }

  /** Order of two events of the same time. */
  private boolean before(int a, int b) {
    int priorityA = priority(a);
    int priorityB = priority(b);
    return priorityA < priorityB || (priorityA == priorityB && sequence(a) < sequence(b));
  }

  /** Moves the present to the next tick that has events, unless it is after {@code limit}. */
  private boolean advance(long limit) {
    long time;
    if (occupiedWords != 0) {
      time = nextOccupied();
    } else if (overflow.size != 0) {
      time = overflow.keys[0];
    } else {
      return false;
    }
    if (time > limit) {
      return false;
    }
    moveTo(time);
    return true;
  }

  /** Time of the first bucket in use, from the present on and once around. */
  private long nextOccupied() {
    int start = (int) now & MASK;
    int word = start >> 6;
    long bits = occupied[word] & (-1L << start);
    if (bits == 0) {
      // Shifting -2 rather than -1 by one more keeps the shift below 64 for the last word.
      long later = occupiedWords & (-2L << word);
      word = Long.numberOfTrailingZeros(later != 0 ? later : occupiedWords);
      bits = occupied[word];
    }
    int bucket = (word << 6) + Long.numberOfTrailingZeros(bits);
    return now + ((bucket - start) & MASK);
  }

  /** Moves the present to {@code time}; no event before it may be pending. */
  void moveTo(long time) {
    now = time;
    while (overflow.size != 0 && overflow.keys[0] - time < SPAN) {
      long key = overflow.keys[0];
      append(overflow.removeFirst(), key);
    }
  }

  /** Gives a polled record back. */
  void release(int slot) {
    int word = slot << WORDS_LOG2;
    // A free record carries no sequence number, so an Event sees that its turn has come.
    records[word + SEQUENCE] = -1;
    records[word + PRIORITY_AND_NEXT] = free;
    free = slot;
  }

  /** Binary heap of slots in the order (key, priority, sequence). */
  private final class SlotHeap {
    private long[] keys = new long[16];
    private int[] slots = new int[16];
    private int size;

    void add(long key, int slot) {
      if (size == slots.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        slots = Arrays.copyOf(slots, 2 * size);
      }
      int hole = size++;
      while (hole > 0) {
        int parent = (hole - 1) >> 1;
        if (!precedes(key, slot, parent)) {
          break;
        }
        keys[hole] = keys[parent];
        slots[hole] = slots[parent];
        hole = parent;
      }
      keys[hole] = key;
      slots[hole] = slot;
    }

    int removeFirst() {
      int first = slots[0];
      int last = --size;
      long key = keys[last];
      int slot = slots[last];
      int hole = 0;
      for (int child = 1; child < last; child = 2 * hole + 1) {
        if (child + 1 < last && precedes(keys[child + 1], slots[child + 1], child)) {
          child++;
        }
        if (precedes(key, slot, child)) {
          break;
        }
        keys[hole] = keys[child];
        slots[hole] = slots[child];
        hole = child;
      }
      keys[hole] = key;
      slots[hole] = slot;
      return first;
    }

    private boolean precedes(long key, int slot, int index) {
      return key < keys[index] || (key == keys[index] && before(slot, slots[index]));
    }
  }
}
