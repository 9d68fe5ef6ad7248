package io.github.primesim.timeline;

/** Which of the two runs behind a result a timeline shows. */
public enum Execution {
  /** One image that has the memory to itself: the run that gives the latency. */
  ALONE("alone"),
  /**
   * The batch, or as many images of an endless stream as it takes to become steady: the run that
   * gives the throughput.
   */
  PIPELINED("pipelined");

  private final String key;

  Execution(String key) {
    this.key = key;
  }

  /** Name on the command line and in files. */
  public String key() {
    return key;
  }
}
