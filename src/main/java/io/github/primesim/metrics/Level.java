package io.github.primesim.metrics;

/** Where in the hierarchy of a PRIME memory something stands, from the inside out. */
public enum Level {
  /** The crossbar arrays themselves. */
  ARRAY("array"),
  /**
   * What the arrays of a mat share: drivers, sense amplifiers and the digital logic behind them.
   */
  MAT("mat"),
  /** What the mats of an FF subarray share, and the Buffer and memory subarrays as a whole. */
  SUBARRAY("subarray"),
  /** What the subarrays of a bank share. */
  BANK("bank"),
  /** What the banks share. */
  CHIP("chip");

  private final String key;

  Level(String key) {
    this.key = key;
  }

  /** Name of the level in result documents. */
  public String key() {
    return key;
  }
}
