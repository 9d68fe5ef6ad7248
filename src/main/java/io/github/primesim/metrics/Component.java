package io.github.primesim.metrics;

/** The parts of a PRIME memory that appear as rows of a breakdown. */
public enum Component {
  CROSSBAR("crossbar"),
  WORDLINE_DRIVER("wordlineDriver"),
  COLUMN_MULTIPLEXER("columnMultiplexer"),
  SENSE_AMPLIFIER("senseAmplifier"),
  PRECISION_CONTROL("precisionControl"),
  ACCUMULATOR("accumulator"),
  REORDER_BUFFER("reorderBuffer"),
  INPUT_GATHER("inputGather"),
  ACTIVATION_UNIT("activationUnit"),
  POOLING_UNIT("poolingUnit"),
  ELEMENTWISE_UNIT("elementwiseUnit"),
  BUFFER_SUBARRAY("bufferSubarray"),
  FF_PORT("ffPort"),
  GLOBAL_DATA_LINES("globalDataLines"),
  INTER_BANK_PATH("interBankPath"),
  MEMORY_SUBARRAY("memorySubarray"),
  CONTROLLER("controller");

  private final String key;

  Component(String key) {
    this.key = key;
  }

  /** Name of the component in result documents. */
  public String key() {
    return key;
  }
}
