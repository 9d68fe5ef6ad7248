package io.github.primesim.baseline;

import io.github.primesim.hardware.Quantity;

/**
 * A processor, or several that work on an image each. Source: PRIME, V-A (CPU, pNPU-co, pNPU-pim-x1
 * and -x64); what is not published there stands in the file with its own source.
 *
 * @param name name by which the file is known
 * @param description one line on what it is
 * @param copies copies that work on an image each, with a memory path of its own each
 * @param cores cores of a copy, which share an image, its buffers and its memory path
 * @param multipliers multiply-accumulate operations of a core in a cycle
 * @param tileInputs inputs that the multipliers of a core take in a cycle
 * @param tileOutputs outputs they work on in a cycle
 * @param clockGhz clock of a core
 * @param inputBufferKb inputs that a copy holds
 * @param outputBufferKb partial sums that a copy holds
 * @param weightBufferKb weights that a copy holds
 * @param weightBytes bytes of a weight
 * @param activationBytes bytes of an input or output
 * @param memoryGbPerS bandwidth between a copy and its memory
 * @param operationPj energy of a multiply-accumulate, buffers included
 * @param memoryPjPerByte energy of a byte to or from memory
 */
public record Baseline(
    String name,
    String description,
    Quantity copies,
    Quantity cores,
    Quantity multipliers,
    Quantity tileInputs,
    Quantity tileOutputs,
    Quantity clockGhz,
    Quantity inputBufferKb,
    Quantity outputBufferKb,
    Quantity weightBufferKb,
    Quantity weightBytes,
    Quantity activationBytes,
    Quantity memoryGbPerS,
    Quantity operationPj,
    Quantity memoryPjPerByte) {
  public Baseline {
    if (multipliers.value() != tileInputs.value() * tileOutputs.value()) {
      throw new IllegalArgumentException(
          "multipliers is "
              + multipliers.count()
              + ", allowed: tileInputs x tileOutputs = "
              + tileInputs.count() * tileOutputs.count());
    }
  }

  /** Multiply-accumulate operations of a copy in a nanosecond, when all multipliers work. */
  public double peakPerNs() {
    return cores.value() * multipliers.value() * clockGhz.value();
  }
}
