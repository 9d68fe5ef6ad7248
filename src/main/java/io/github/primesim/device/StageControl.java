package io.github.primesim.device;

/** Who starts programs, is told when they will end, and knows what follows from it. */
interface StageControl {
  /** A program of a stage will end at {@code time}. */
  void programEnds(int node, long time);

  /** It is time to let the next image into a stage. */
  void letIn(int node);

  /** Has images let in at the times that are known, after all that was scheduled was called off. */
  void scheduleAnew();

  /** Works out everything that follows from what is known. */
  void settle();

  /** Whether enough has been seen. */
  boolean stopped();
}
