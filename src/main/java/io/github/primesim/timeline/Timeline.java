package io.github.primesim.timeline;

/** Takes the slices of a run, in no particular order. */
@FunctionalInterface
public interface Timeline {
  /** Adds a slice. */
  void add(Slice slice);
}
