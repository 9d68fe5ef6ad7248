package io.github.primesim.kernel;

/**
 * The pending events of an entity that has the experiment to itself and numbers its events: of each
 * number at most one is pending, and they come in the order (time, number).
 *
 * <p>So an event needs no record. Wheels of {@value Wheel#SPAN} buckets each keep lists that are
 * linked through the numbers: the first wheel has a bucket for each tick of the present block of
 * ticks, the second one for each such block of the present block of blocks, and so on for all of
 * time. When the present enters a block, its events move to the wheels below. When it enters a
 * tick, its events are put in order: those that were scheduled together, as units in lockstep do,
 * are in order already, so most ticks only have to be checked. What is then still scheduled for the
 * same tick stands in a set of bits, which yields the lowest number first.
 *
 * <p>Scheduling and executing is O(1) but for the sorting within a tick: an event moves at most
 * once for each wheel between its time and the present. Nothing is allocated but the wheels, when
 * they are first needed.
 */
final class Agenda {
  /** No event. */
  static final int NONE = -1;

  /** Events of a tick that are put in order by comparing them; more are as a set of bits. */
  private static final int FEW = 16;

  private static final int LEVELS = (Long.SIZE - 1 + Wheel.SPAN_LOG2 - 1) / Wheel.SPAN_LOG2;

  /** By level; buckets hold numbers plus one. */
  private final Wheel[] wheels = new Wheel[LEVELS];

  private final Wheel ticks = new Wheel();

  /** By number: the next one of its bucket, plus one. */
  private final int[] next;

  /** By number, beyond the first wheel. */
  private final long[] times;

  /** The events that the present tick began with, in order, from {@link #nextReady} on. */
  private final int[] ready;

  private int nextReady;

  /** Events that the present tick has got since. */
  private final Numbers late;

  private long now;

  /** An agenda at time 0 for events 0 to {@code numbers - 1}. */
  Agenda(int numbers) {
    next = new int[numbers];
    times = new long[numbers];
    ready = new int[numbers];
    nextReady = numbers;
    late = new Numbers(numbers);
    wheels[0] = ticks;
  }

  /** The present: no event before it is pending. */
  long now() {
    return now;
  }

  /** Counts the events scheduled and not yet polled. */
  int pending() {
    int count = ready.length - nextReady + late.size;
    for (Wheel wheel : wheels) {
      for (int bucket = 0; wheel != null && bucket < Wheel.SPAN; bucket++) {
        for (int number = wheel.tails[bucket] - 1; number >= 0; number = next[number] - 1) {
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Adds an event.
   *
   * @param number not pending (not checked)
   * @param time tick, at or after the present (not checked)
   */
  void schedule(int number, long time) {
    long apart = time ^ now;
    if (apart == 0) {
      late.add(number);
    } else if (apart < Wheel.SPAN) {
      push(ticks, Wheel.bucket(time), number);
    } else {
      int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(apart)) / Wheel.SPAN_LOG2;
      if (wheels[level] == null) {
        wheels[level] = new Wheel();
      }
      times[number] = time;
      push(wheels[level], bucket(time, level), number);
    }
  }

  private void push(Wheel wheel, int bucket, int number) {
    int head = wheel.tails[bucket];
    next[number] = head;
    wheel.tails[bucket] = number + 1;
    if (head == EventList.NONE) {
      wheel.occupy(bucket);
    }
  }

  private static int bucket(long time, int level) {
    return Wheel.bucket(time >> (level * Wheel.SPAN_LOG2));
  }

  /**
   * Removes the first event and moves the present to its time; or returns {@link #NONE} when there
   * is no event up to {@code limit}.
   *
   * @param limit last tick to look at, at or after the present
   */
  int poll(long limit) {
    if (nextReady == ready.length && late.isEmpty() && !enterNextTick(limit)) {
      return NONE;
    }
    return late.isEmpty() ? ready[nextReady++] : pollBoth();
  }

  /** Moves the present to the next tick that has events, if there is one up to {@code limit}. */
  private boolean enterNextTick(long limit) {
    while (ticks.isEmpty()) {
      if (!enterBlock(limit)) {
        return false;
      }
      if (!late.isEmpty()) {
        return true;
      }
    }
    int bucket = Wheel.bucket(now);
    int distance = ticks.distance(bucket);
    if (now + distance > limit) {
      return false;
    }
    now += distance;
    enterTick(bucket + distance);
    return true;
  }

  /** Puts the events of a tick in order. */
  private void enterTick(int bucket) {
    int number = ticks.tails[bucket] - 1;
    ticks.clear(bucket);
    int first = ready.length;
    int unsorted = 0;
    int before = Integer.MAX_VALUE;
    // The list has the event that was scheduled last first.
    while (number >= 0) {
      ready[--first] = number;
      unsorted |= before - number;
      before = number;
      number = next[number] - 1;
    }
    nextReady = first;
    if (unsorted < 0) {
      sortReady();
    }
  }

  private void sortReady() {
    if (ready.length - nextReady <= FEW) {
      sortFewReady();
      return;
    }
    late.sort(ready, nextReady);
  }

  /** By insertion: a library's sort takes longer to be compiled than it saves. */
  private void sortFewReady() {
    for (int i = nextReady + 1; i < ready.length; i++) {
      int number = ready[i];
      int at = i;
      while (at > nextReady && ready[at - 1] > number) {
        ready[at] = ready[at - 1];
        at--;
      }
      ready[at] = number;
    }
  }

  private int pollBoth() {
    if (nextReady < ready.length && ready[nextReady] < late.first()) {
      return ready[nextReady++];
    }
    return late.removeFirst();
  }

  /** Moves the present to the begin of the next block that has events. */
  private boolean enterBlock(long limit) {
    int level = 1;
    while (wheels[level] == null || wheels[level].isEmpty()) {
      if (++level == LEVELS) {
        return false;
      }
    }
    int bucket = bucket(now, level);
    int ahead = wheels[level].distance(bucket);
    int shift = level * Wheel.SPAN_LOG2;
    long begin = ((now >> shift) + ahead) << shift;
    if (begin > limit) {
      return false;
    }
    moveTo(begin);
    return true;
  }

  /** Moves the present to {@code time}; no event before it may be pending. */
  void moveTo(long time) {
    long apart = now ^ time;
    now = time;
    for (int level = LEVELS - 1; level >= 0; level--) {
      Wheel wheel = wheels[level];
      int bucket = bucket(time, level);
      if (apart >> (level * Wheel.SPAN_LOG2) == 0
          || wheel == null
          || wheel.tails[bucket] == EventList.NONE) {
        continue;
      }
      int number = wheel.tails[bucket] - 1;
      wheel.clear(bucket);
      while (number >= 0) {
        int following = next[number] - 1;
        schedule(number, level == 0 ? time : times[number]);
        number = following;
      }
    }
  }

  /** Calls all events off. */
  void clear() {
    for (Wheel wheel : wheels) {
      while (wheel != null && !wheel.isEmpty()) {
        wheel.clear(wheel.distance(0));
      }
    }
    nextReady = ready.length;
    while (!late.isEmpty()) {
      late.removeFirst();
    }
  }

  /**
   * A set of numbers as bits, under two levels of bits that tell which words have been entered. A
   * word that has become empty stays marked until the search for the first number comes past it.
   */
  private static final class Numbers {
    private static final int WORD_LOG2 = 6;

    private final long[] bits;
    private final long[] words;
    private final long[] blocks;
    private int size;

    /** A word of the bits; all before it are empty and not marked. */
    private int first;

    Numbers(int numbers) {
      bits = new long[(numbers >> WORD_LOG2) + 1];
      words = new long[(bits.length >> WORD_LOG2) + 1];
      blocks = new long[(words.length >> WORD_LOG2) + 1];
    }

    boolean isEmpty() {
      return size == 0;
    }

    void add(int number) {
      enter(number);
      size++;
    }

    private void enter(int number) {
      int word = number >> WORD_LOG2;
      long before = bits[word];
      bits[word] = before | 1L << number;
      if (before == 0) {
        mark(word);
      }
    }

    private void mark(int word) {
      int block = word >> WORD_LOG2;
      words[block] |= 1L << word;
      blocks[block >> WORD_LOG2] |= 1L << block;
      first = Math.min(first, word);
    }

    /** The lowest number; there must be one. */
    int first() {
      if (bits[first] == 0) {
        moveOn();
      }
      return (first << WORD_LOG2) + Long.numberOfTrailingZeros(bits[first]);
    }

    int removeFirst() {
      int number = first();
      bits[first] &= bits[first] - 1;
      size--;
      return number;
    }

    /** Puts different numbers in order, from the place given to the last; the set is empty. */
    void sort(int[] numbers, int from) {
      for (int i = from; i < numbers.length; i++) {
        enter(numbers[i]);
      }
      int next = from;
      for (int top = 0; top < blocks.length; top++) {
        for (long blocksLeft = blocks[top]; blocksLeft != 0; blocksLeft &= blocksLeft - 1) {
          int block = (top << WORD_LOG2) + Long.numberOfTrailingZeros(blocksLeft);
          for (long wordsLeft = words[block]; wordsLeft != 0; wordsLeft &= wordsLeft - 1) {
            int word = (block << WORD_LOG2) + Long.numberOfTrailingZeros(wordsLeft);
            for (long left = bits[word]; left != 0; left &= left - 1) {
              numbers[next++] = (word << WORD_LOG2) + Long.numberOfTrailingZeros(left);
            }
            bits[word] = 0;
          }
          words[block] = 0;
        }
        blocks[top] = 0;
      }
      first = bits.length - 1;
    }

    private void moveOn() {
      do {
        int block = first >> WORD_LOG2;
        words[block] &= ~(1L << first);
        if (words[block] == 0) {
          int top = block >> WORD_LOG2;
          blocks[top] &= ~(1L << block);
          while (blocks[top] == 0) {
            top++;
          }
          block = (top << WORD_LOG2) + Long.numberOfTrailingZeros(blocks[top]);
        }
        first = (block << WORD_LOG2) + Long.numberOfTrailingZeros(words[block]);
      } while (bits[first] == 0);
    }
  }
}
