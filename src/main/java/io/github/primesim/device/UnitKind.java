package io.github.primesim.device;

import io.github.primesim.hardware.Organization;
import io.github.primesim.metrics.Stall;

/** The units commands use and wait for. */
enum UnitKind {
  BUFFER_READ_PORT("bufferReadPort", Stall.BUFFER_READ),
  BUFFER_WRITE_PORT("bufferWritePort", Stall.BUFFER_WRITE),
  GLOBAL_DATA_LINES("globalDataLines", Stall.GLOBAL_DATA_LINES),
  INTER_BANK_PATH("interBankPath", Stall.INTER_BANK_PATH),
  FF_PORT("ffPort", Stall.FF_PORT),
  /** Whoever waits for a mat waits for its sense amplifiers. */
  MAT("mat", Stall.SENSE_AMPLIFIER),
  MAT_ACCUMULATOR("matAccumulator", Stall.MAT_ACCUMULATOR),
  SUBARRAY_ACCUMULATOR("subarrayAccumulator", Stall.SUBARRAY_ACCUMULATOR),
  /** All reorder ports of a subarray work on one command at a time; so below with other units. */
  REORDER_BUFFER("reorderBuffer", Stall.REORDER_PORT),
  /** As many ports as the reorder buffer has, so that these are what a gather waits for. */
  INPUT_GATHER("inputGather", Stall.REORDER_PORT),
  ACTIVATION_UNITS("activationUnits", Stall.ACTIVATION_UNIT),
  POOLING_UNITS("poolingUnits", Stall.POOLING_UNIT),
  ELEMENTWISE_UNITS("elementwiseUnits", Stall.ELEMENTWISE_UNIT);

  private final String key;
  private final Stall stall;

  UnitKind(String key, Stall stall) {
    this.key = key;
    this.stall = stall;
  }

  /** Name in result documents. */
  String key() {
    return key;
  }

  /** What a command that waits for it is said to wait for. */
  Stall stall() {
    return stall;
  }

  /** Commands it serves at the same time. */
  int servers(Organization organization) {
    return switch (this) {
      case BUFFER_READ_PORT -> organization.bufferReadPorts().count();
      case BUFFER_WRITE_PORT -> organization.bufferWritePorts().count();
      case GLOBAL_DATA_LINES -> organization.globalDataLinesPerBank().count();
      case INTER_BANK_PATH -> organization.interBankPaths().count();
      case FF_PORT -> organization.portsPerFfSubarray().count();
      case MAT,
          MAT_ACCUMULATOR,
          SUBARRAY_ACCUMULATOR,
          REORDER_BUFFER,
          INPUT_GATHER,
          ACTIVATION_UNITS,
          POOLING_UNITS,
          ELEMENTWISE_UNITS ->
          1;
    };
  }
}
