package io.github.primesim.kernel;

import java.util.Arrays;

/**
 * The pending events of one experiment: two timing wheels with a binary overflow heap, which yield
 * events in the order (time, priority, sequence).
 *
 * <p>Time is divided into blocks of {@value #BLOCK} ticks. A wheel has one bucket for each tick of
 * the present block and the next one, a second wheel one for each of the {@value Wheel#SPAN} blocks
 * that follow; whatever lies beyond them waits in the heap. When the present enters a block, what
 * has come into reach moves on, from the heap to the wheel of blocks and from there to the wheel of
 * ticks. Scheduling and executing within the reach of the wheels is O(1), beyond it O(log n).
 *
 * <p>An event is a record of four {@code long} words in one flat array, named by its slot, and
 * buckets are lists linked through the slots. Flat words rather than pooled objects, because links
 * between long-lived objects pass the collector's write barrier each time an event is scheduled,
 * and because 32 bytes put two events on a cache line. Slots are reused last in, first out, so that
 * a run in steady state allocates nothing.
 *
 * <p>Why the bucket of a tick is ordered without sorting: all its events have the same time, and
 * those of the same priority come in the order in which they were scheduled. For what comes into
 * reach moves on whenever the present enters a block, before anything else can be scheduled: the
 * heap yields its events in their order, a bucket of the wheel of blocks keeps the order in which
 * it got them, and what is scheduled directly afterwards is put behind them. Only an event with a
 * lower priority number than the last one of its bucket has to look for its place, among the first
 * few; if that takes too long, the bucket is marked as out of order, and when its tick comes its
 * events are sorted.
 */
final class EventList {
  /** No event. Slot 0 is never used. */
  static final int NONE = 0;

  private static final int BLOCK_LOG2 = Wheel.SPAN_LOG2 - 1;

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
   * A bucket for each tick of this block and the next. Its last slot is negated when its events are
   * not in the order of their priorities.
   */
  private final Wheel ticks = new Wheel();

  /** A bucket for each of the blocks after those. */
  private final Wheel blocks = new Wheel();

  /** By slot, the tick of an event in the wheel of blocks. */
  private long[] times = new long[64];

  private final SlotHeap overflow = new SlotHeap();
  private final SortedSlots present = new SortedSlots();

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
    place(slot, time);
    return slot;
  }

  /** Puts an event into the wheel that reaches its time, or into the heap. */
  private void place(int slot, long time) {
    long away = (time >> BLOCK_LOG2) - (now >> BLOCK_LOG2);
    if (away <= 1) {
      append(slot, time);
    } else if (away < Wheel.SPAN) {
      times[slot] = time;
      appendToBlock(slot, time >> BLOCK_LOG2);
    } else {
      overflow.add(time, slot);
    }
  }

  private void appendToBlock(int slot, long block) {
    long[] words = records;
    int bucket = Wheel.bucket(block);
    int tail = blocks.tails[bucket];
    int link = (slot << WORDS_LOG2) + PRIORITY_AND_NEXT;
    if (tail == NONE) {
      words[link] = (words[link] & ~LOW_HALF) | slot;
      blocks.occupy(bucket);
    } else {
      int lastLink = (tail << WORDS_LOG2) + PRIORITY_AND_NEXT;
      words[link] = (words[link] & ~LOW_HALF) | (words[lastLink] & LOW_HALF);
      words[lastLink] = (words[lastLink] & ~LOW_HALF) | slot;
    }
    blocks.tails[bucket] = slot;
  }

  private int newSlot() {
    if (usedSlots << WORDS_LOG2 == records.length) {
      records = Arrays.copyOf(records, Math.multiplyExact(records.length, 2));
      times = Arrays.copyOf(times, 2 * times.length);
    }
    return usedSlots++;
  }

  private void append(int slot, long time) {
    long[] words = records;
    int[] tails = ticks.tails;
    int bucket = Wheel.bucket(time);
    int link = (slot << WORDS_LOG2) + PRIORITY_AND_NEXT;
    int tail = tails[bucket];
    if (tail == NONE) {
      words[link] |= slot;
      tails[bucket] = slot;
      ticks.occupy(bucket);
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
    int tail = ticks.tails[Wheel.bucket(now)];
    if (tail == NONE && present.isEmpty()) {
      if (!advance(limit)) {
        return NONE;
      }
      tail = ticks.tails[Wheel.bucket(now)];
    }
    if (tail > 0 && present.isEmpty()) {
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
    ticks.clear(Wheel.bucket(now));
  }

  /**
   * The present tick has events out of order: they are sorted, and merged with what comes later.
   */
  private int pollByPriority(int tail) {
    if (tail < 0) {
      sortPresent(-tail);
    } else if (tail > 0 && priority(next(tail)) < present.firstPriority()) {
      return removeHead(tail);
    }
    return present.removeFirst();
  }

  private void sortPresent(int last) {
    present.keepRest();
    int slot = last;
    do {
      slot = next(slot);
      present.add(priority(slot), slot);
    } while (slot != last);
    present.sort();
    clearPresentBucket();
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
    if (!ticks.isEmpty()) {
      time = now + ticks.distance(Wheel.bucket(now));
    } else if (!blocks.isEmpty()) {
      int block = Wheel.bucket(now >> BLOCK_LOG2);
      time = firstOfBlock((block + blocks.distance(block)) & Wheel.MASK);
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

  private long firstOfBlock(int bucket) {
    int tail = blocks.tails[bucket];
    long first = times[tail];
    for (int slot = next(tail); slot != tail; slot = next(slot)) {
      first = Math.min(first, times[slot]);
    }
    return first;
  }

  /** Moves the present to {@code time}; no event before it may be pending. */
  void moveTo(long time) {
    long from = now >> BLOCK_LOG2;
    long to = time >> BLOCK_LOG2;
    now = time;
    if (from == to) {
      return;
    }
    // Of the blocks that have come into reach, those before the present are empty.
    if (to > from + 1) {
      spread(to);
    }
    spread(to + 1);
    while (overflow.size != 0 && (overflow.keys[0] >> BLOCK_LOG2) - to < Wheel.SPAN) {
      long key = overflow.keys[0];
      int slot = overflow.removeFirst();
      records[(slot << WORDS_LOG2) + PRIORITY_AND_NEXT] &= ~LOW_HALF;
      place(slot, key);
    }
  }

  /** Moves the events of a block to their ticks. */
  private void spread(long block) {
    int bucket = Wheel.bucket(block);
    int tail = blocks.tails[bucket];
    if (tail == NONE || times[tail] >> BLOCK_LOG2 != block) {
      return;
    }
    blocks.clear(bucket);
    int slot = next(tail);
    while (true) {
      int following = next(slot);
      records[(slot << WORDS_LOG2) + PRIORITY_AND_NEXT] &= ~LOW_HALF;
      append(slot, times[slot]);
      if (slot == tail) {
        return;
      }
      slot = following;
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
