package io.github.primesim.hardware;

/**
 * Times and rates. Nanoseconds become cycles of {@code clockPeriodNs}, rounding up, once per
 * simulation.
 *
 * @param clockPeriodNs one cycle of the simulation
 * @param wordlineDriveNs time to drive the wordlines of a slice before the bitlines settle
 * @param saBitNs time of one sense amplifier bit
 * @param saTimeLaw how conversion time grows with bits
 * @param accumulatorNs one addition in one accumulator bank
 * @param reorderNs one result through a port of the reorder buffer, index read included
 * @param gatherNs one input through the input gather (mappings that permute inputs)
 * @param activationNs one value in an activation unit
 * @param poolingNs one value in a pooling unit
 * @param elementwiseNs one value in an elementwise unit
 * @param bufferReadBitsPerNs of one read port of the Buffer subarray
 * @param bufferWriteBitsPerNs of one write port of the Buffer subarray
 * @param portBitsPerNs of one private port of an FF subarray
 * @param globalDataLineBitsPerNs of the data lines between memory and Buffer subarrays
 * @param interBankBitsPerNs of one path between banks
 * @param tRcdNs row to column delay, memory mode
 * @param tClNs column access, memory mode
 * @param tRpNs precharge, memory mode
 * @param tWrNs write recovery, memory mode
 * @param ioBusMhz clock of the bus to the host
 */
public record Timing(
    Quantity clockPeriodNs,
    Quantity wordlineDriveNs,
    Quantity saBitNs,
    TimeLaw saTimeLaw,
    Quantity accumulatorNs,
    Quantity reorderNs,
    Quantity gatherNs,
    Quantity activationNs,
    Quantity poolingNs,
    Quantity elementwiseNs,
    Quantity bufferReadBitsPerNs,
    Quantity bufferWriteBitsPerNs,
    Quantity portBitsPerNs,
    Quantity globalDataLineBitsPerNs,
    Quantity interBankBitsPerNs,
    Quantity tRcdNs,
    Quantity tClNs,
    Quantity tRpNs,
    Quantity tWrNs,
    Quantity ioBusMhz) {

  /** How the time of a conversion grows with its bits. */
  public enum TimeLaw {
    /** bits x saBitNs. */
    LINEAR,
    /** 2^bits x saBitNs, a counter that runs through all codes. */
    EXPONENTIAL
  }
}
