package io.github.primesim.device;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.Timing;
import io.github.primesim.hardware.Timing.TimeLaw;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.units.Clock;
import java.util.List;

/**
 * How long the parts of a command take on a memory, in cycles of its clock.
 *
 * <p>Nanoseconds become cycles here and nowhere else, rounding up: once for a transfer as a whole,
 * once for a single conversion, addition or value where a unit repeats them.
 */
final class Timings {
  private final Clock clock;
  private final Timing timing;
  private final long driveCycles;
  private final long accumulatorCycles;
  private final long reorderCycles;
  private final long gatherCycles;
  private final long activationCycles;
  private final long poolingCycles;
  private final long elementwiseCycles;
  private final int reorderPorts;
  private final int activationUnits;
  private final int poolingUnits;
  private final int elementwiseUnits;

  /** By number of bits. */
  private final long[] conversionCycles;

  /** Durations on {@code spec}, which {@link TraceCheck} has found usable. */
  Timings(HardwareSpec spec) {
    timing = spec.timing();
    clock = new Clock(timing.clockPeriodNs().value());
    driveCycles =
        clock.cyclesAtLeast(timing.wordlineDriveNs().value() + spec.cell().readPulseNs().value());
    accumulatorCycles = clock.cyclesAtLeast(timing.accumulatorNs().value());
    reorderCycles = clock.cyclesAtLeast(timing.reorderNs().value());
    gatherCycles = clock.cyclesAtLeast(timing.gatherNs().value());
    activationCycles = clock.cyclesAtLeast(timing.activationNs().value());
    poolingCycles = clock.cyclesAtLeast(timing.poolingNs().value());
    elementwiseCycles = clock.cyclesAtLeast(timing.elementwiseNs().value());
    var organization = spec.organization();
    reorderPorts = organization.reorderPortsPerSubarray().count();
    activationUnits = organization.activationUnitsPerFfSubarray().count();
    poolingUnits = organization.poolingUnitsPerBank().count();
    elementwiseUnits = organization.elementwiseUnitsPerBank().count();
    conversionCycles = new long[spec.quantization().senseAmplifierBits().count() + 1];
    for (int bits = 1; bits < conversionCycles.length; bits++) {
      double steps = timing.saTimeLaw() == TimeLaw.LINEAR ? bits : Math.scalb(1.0, bits);
      conversionCycles[bits] = clock.cyclesAtLeast(steps * timing.saBitNs().value());
    }
  }

  Clock clock() {
    return clock;
  }

  /** A read of the Buffer subarray. */
  long bufferRead(long bits) {
    return transfer(bits, timing.bufferReadBitsPerNs(), 0);
  }

  /** A write of the Buffer subarray. */
  long bufferWrite(long bits) {
    return transfer(bits, timing.bufferWriteBitsPerNs(), 0);
  }

  /** A transfer over the private port of an FF subarray. */
  long port(long bits) {
    return transfer(bits, timing.portBitsPerNs(), 0);
  }

  /** A transfer between banks. */
  long interBank(long bits) {
    return transfer(bits, timing.interBankBitsPerNs(), 0);
  }

  /** A read of a memory subarray over the global data lines. */
  long memoryRead(long bits) {
    return transfer(
        bits, timing.globalDataLineBitsPerNs(), timing.tRcdNs().value() + timing.tClNs().value());
  }

  /** A write of a memory subarray over the global data lines. */
  long memoryWrite(long bits) {
    return transfer(bits, timing.globalDataLineBitsPerNs(), timing.tWrNs().value());
  }

  private long transfer(long bits, Quantity bitsPerNs, double accessNs) {
    return bits == 0 ? 0 : clock.cyclesAtLeast(accessNs + bits / bitsPerNs.value());
  }

  /** A mat operation. A slice in which nothing is converted is not driven either. */
  Service compute(Compute compute) {
    long columnCycles = 0;
    long drivenSlices = 0;
    for (List<Integer> slice : compute.slices()) {
      columnCycles += columnCycles(slice);
      drivenSlices += slice.isEmpty() ? 0 : 1;
    }
    Service conversions =
        inTurn(compute.depth(), Math.multiplyExact(columnCycles, compute.passes()));
    long driving = Math.multiplyExact(drivenSlices * compute.passes(), driveCycles);
    return new Service(Math.addExact(driving, conversions.cycles()), conversions.queuedCycles());
  }

  /** Driving of the wordlines and settling of the bitlines, before each slice. */
  long driving() {
    return driveCycles;
  }

  /** The conversions of all columns of the busiest sense amplifier, of one slice and pass. */
  long converting(Compute compute, int slice) {
    return compute.depth() * columnCycles(compute.slices().get(slice));
  }

  private long columnCycles(List<Integer> slice) {
    long cycles = 0;
    for (int bits : slice) {
      cycles += conversionCycles[bits];
    }
    return cycles;
  }

  /** Additions that follow each other in one bank of an accumulator. */
  Service accumulate(long additions) {
    return inTurn(additions, accumulatorCycles);
  }

  /** Results through the reorder buffer of a subarray. */
  Service reorder(long results) {
    return inTurn(rounds(results, reorderPorts), reorderCycles);
  }

  /** Inputs through the input gather of a subarray, which has as many ports. */
  Service gather(long inputs) {
    return inTurn(rounds(inputs, reorderPorts), gatherCycles);
  }

  /** Values through the activation units of a subarray. */
  Service activate(long values) {
    return inTurn(rounds(values, activationUnits), activationCycles);
  }

  /** Values through the pooling units of a bank. */
  Service pool(long values) {
    return inTurn(rounds(values, poolingUnits), poolingCycles);
  }

  /** Values through the elementwise units of a bank. */
  Service elementwise(long values) {
    return inTurn(rounds(values, elementwiseUnits), elementwiseCycles);
  }

  private static long rounds(long values, int units) {
    return values / units + (values % units == 0 ? 0 : 1);
  }

  private static Service inTurn(long rounds, long cycles) {
    long all = Math.multiplyExact(rounds, cycles);
    return new Service(all, rounds == 0 ? 0 : all - cycles);
  }

  /**
   * A command in a unit that handles its parts one after another.
   *
   * @param cycles from the first part to the last
   * @param queuedCycles cycles of that in which a part waits for the one before: those that more
   *     units would save
   */
  record Service(long cycles, long queuedCycles) {}
}
