package io.github.primesim.metrics;

/** What a command of a program waited for. */
public enum Stall {
  /** Columns queued behind others at the same sense amplifier. */
  SENSE_AMPLIFIER("senseAmplifier"),
  BUFFER_READ("bufferRead"),
  BUFFER_WRITE("bufferWrite"),
  FF_PORT("ffPort"),
  GLOBAL_DATA_LINES("globalDataLines"),
  INTER_BANK_PATH("interBankPath"),
  MAT_ACCUMULATOR("matAccumulator"),
  SUBARRAY_ACCUMULATOR("subarrayAccumulator"),
  REORDER_PORT("reorderPort"),
  ACTIVATION_UNIT("activationUnit"),
  POOLING_UNIT("poolingUnit"),
  ELEMENTWISE_UNIT("elementwiseUnit"),
  /** An input arrived, but every latch still held an earlier one. */
  INPUT_LATCH("inputLatch"),
  /** A result was ready, but every output register still held an earlier one. */
  OUTPUT_REGISTER("outputRegister"),
  /** A stage had mats free, but its producers had not finished the image. */
  PRODUCER("producer"),
  /** A stage had its inputs, but its consumers still held every buffer for its outputs. */
  CONSUMER("consumer");

  private final String key;

  Stall(String key) {
    this.key = key;
  }

  /** Name of the cause in result documents. */
  public String key() {
    return key;
  }
}
