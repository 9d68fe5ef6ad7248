package io.github.primesim.metrics;

/** The parts of a PRIME memory that appear as rows of a breakdown. */
public enum Component {
  CROSSBAR(Level.ARRAY, "crossbar"),
  WORDLINE_DRIVER(Level.MAT, "wordlineDriver"),
  COLUMN_MULTIPLEXER(Level.MAT, "columnMultiplexer"),
  SENSE_AMPLIFIER(Level.MAT, "senseAmplifier"),
  PRECISION_CONTROL(Level.MAT, "precisionControl"),
  ACCUMULATOR(Level.SUBARRAY, "accumulator"),
  REORDER_BUFFER(Level.SUBARRAY, "reorderBuffer"),
  INPUT_GATHER(Level.SUBARRAY, "inputGather"),
  ACTIVATION_UNIT(Level.SUBARRAY, "activationUnit"),
  POOLING_UNIT(Level.BANK, "poolingUnit"),
  ELEMENTWISE_UNIT(Level.BANK, "elementwiseUnit"),
  BUFFER_SUBARRAY(Level.SUBARRAY, "bufferSubarray"),
  FF_PORT(Level.SUBARRAY, "ffPort"),
  GLOBAL_DATA_LINES(Level.BANK, "globalDataLines"),
  INTER_BANK_PATH(Level.CHIP, "interBankPath"),
  MEMORY_SUBARRAY(Level.SUBARRAY, "memorySubarray"),
  CONTROLLER(Level.BANK, "controller");

  private final Level level;
  private final String key;

  Component(Level level, String key) {
    this.level = level;
    this.key = key;
  }

  /**
   * Where in the hierarchy it stands. Accumulators stand at two levels, of mats and of subarrays;
   * here it is the outer one, and the inner ones say so themselves.
   */
  public Level level() {
    return level;
  }

  /** Name of the component in result documents. */
  public String key() {
    return key;
  }
}
