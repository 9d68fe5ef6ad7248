package io.github.primesim.benchmark;

/** An event for {@link java.util.PriorityQueue} in the same order (time, priority, sequence). */
abstract class HeapEvent implements Comparable<HeapEvent> {
  long time;
  int priority;
  long sequence;

  abstract void act();

  @Override
  public final int compareTo(HeapEvent other) {
    if (time != other.time) {
      return time < other.time ? -1 : 1;
    }
    if (priority != other.priority) {
      return priority < other.priority ? -1 : 1;
    }
    return Long.compare(sequence, other.sequence);
  }
}
