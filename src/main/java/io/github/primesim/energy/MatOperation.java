package io.github.primesim.energy;

import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantization;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.hardware.Timing;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.units.Clock;
import java.util.List;

/**
 * One operation of a full mat: an input vector times the weight matrix that fills it, inputs from
 * the Buffer subarray and outputs back to it.
 *
 * <p>Activity is that of uniform data: every input level and every weight magnitude equally likely,
 * one sign of each weight, no slice or column skipped. Real data are sparser; this is the operating
 * point that peak figures are quoted for.
 *
 * @param bitsPerResult bits converted for one result of a weight column
 * @param conversionsPerSenseAmplifier conversions on the busiest sense amplifier
 * @param bitsPerSenseAmplifier bits converted by the busiest sense amplifier
 * @param cycles time in cycles of the clock
 * @param ns the same in nanoseconds
 * @param actions what it does
 */
public record MatOperation(
    int bitsPerResult,
    int conversionsPerSenseAmplifier,
    int bitsPerSenseAmplifier,
    long cycles,
    double ns,
    Counts<Action> actions) {

  /** The operation of {@code spec} with crossbars of {@code geometry}. */
  public static MatOperation of(HardwareSpec spec, CrossbarGeometry geometry) {
    ConversionBits bits = ConversionBits.of(spec, geometry.rows());
    Clock clock = new Clock(spec.timing().clockPeriodNs().value());
    long cycles = cycles(spec, geometry, bits, clock);
    int columns = geometry.columnsPerSenseAmplifier();
    return new MatOperation(
        bits.bitsPerResult(),
        columns * bits.conversionsPerResult(),
        columns * bits.bitsPerResult(),
        cycles,
        clock.nanoseconds(cycles),
        actions(spec, geometry, bits));
  }

  private static long cycles(
      HardwareSpec spec, CrossbarGeometry geometry, ConversionBits bits, Clock clock) {
    Timing timing = spec.timing();
    long settle =
        clock.cyclesAtLeast(timing.wordlineDriveNs().value() + spec.cell().readPulseNs().value());
    long cycles = 0;
    for (List<Integer> slice : bits.conversions()) {
      if (!slice.isEmpty()) {
        cycles += settle;
      }
      for (int conversion : slice) {
        cycles +=
            geometry.columnsPerSenseAmplifier()
                * clock.cyclesAtLeast(timeUnits(timing, conversion) * timing.saBitNs().value());
      }
    }
    return cycles;
  }

  private static double timeUnits(Timing timing, int bits) {
    return switch (timing.saTimeLaw()) {
      case LINEAR -> bits;
      case EXPONENTIAL -> Math.scalb(1.0, bits);
    };
  }

  private static Counts<Action> actions(
      HardwareSpec spec, CrossbarGeometry geometry, ConversionBits bits) {
    Quantization formats = spec.quantization();
    Capacity capacity = Capacity.of(spec, geometry);
    long results = (long) geometry.slotsPerMat() * geometry.weightsPerWordline();
    long conversions = results * bits.conversionsPerResult();
    Counts.Builder<Action> counts = new Counts.Builder<>(Action.class);
    addCells(spec, geometry, bits, results, counts);
    int inputLevels = 1 << formats.inputSliceBits().count();
    long drivenSlices = bits.conversions().stream().filter(slice -> !slice.isEmpty()).count();
    counts.add(
        Action.WORDLINE_DRIVES,
        Math.round(drivenSlices * geometry.wordlineDriversPerMat() * (1 - 1.0 / inputLevels)));
    counts.add(
        Action.LATCH_BITS, (long) geometry.wordlineDriversPerMat() * formats.inputBits().count());
    counts.add(Action.MULTIPLEXER_SWITCHES, conversions);
    if (geometry.signs() == SignScheme.PAIRS) {
      counts.add(Action.SUBTRACTIONS, conversions);
    }
    bits.conversions().stream()
        .flatMap(List::stream)
        .forEach(conversion -> counts.add(Action.conversion(conversion), results));
    counts.add(Action.PRECISION_ADDITIONS, conversions);
    // Every part of an output passes the accumulator, the first one too.
    counts.add(Action.MAT_ACCUMULATIONS, results > capacity.matColumns() ? results : 0);
    counts.add(Action.ACTIVATIONS, capacity.matColumns());
    long in = (long) capacity.matRows() * formats.inputBits().count();
    long out = (long) capacity.matColumns() * formats.outputBits().count();
    counts.add(Action.BUFFER_READ_BITS, in);
    counts.add(Action.BUFFER_WRITE_BITS, out);
    counts.add(Action.PORT_BITS, in + out);
    return counts.build();
  }

  private static void addCells(
      HardwareSpec spec,
      CrossbarGeometry geometry,
      ConversionBits bits,
      long results,
      Counts.Builder<Action> counts) {
    Quantization formats = spec.quantization();
    boolean allConduct = spec.cell().allBitlinesConduct();
    double inputSquare = meanSquare(formats.inputSliceBits().count());
    double cellLevel = ((1 << formats.cellBits().count()) - 1) / 2.0;
    long slotCells = (long) geometry.slotsPerMat() * geometry.arraysPerSlot() * geometry.rows();
    double squares = 0;
    for (List<Integer> slice : bits.conversions()) {
      for (int conversion : slice) {
        // Per conversion of a column its own bitlines conduct; with all conducting, every bitline
        // of the mat does so as often as the busiest sense amplifier converts.
        double cells =
            allConduct
                ? (double) slotCells * geometry.bitlines() * geometry.columnsPerSenseAmplifier()
                : (double) results * geometry.arraysPerSlot() * geometry.rows();
        double window =
            spec.cell().conduction() == Cell.Conduction.CONVERSION
                ? timeUnits(spec.timing(), conversion)
                : 1;
        squares += window * cells * inputSquare;
      }
    }
    counts.add(Action.CELL_INPUT_SQUARES, Math.round(squares));
    // Every second cell belongs to the sign that its weight does not have and holds level 0.
    counts.add(Action.CELL_INPUT_SQUARE_LEVELS, Math.round(squares * cellLevel / 2));
  }

  /** Mean of i^2 over all levels i of {@code bits} bits. */
  private static double meanSquare(int bits) {
    double highest = (1 << bits) - 1;
    return highest * (2 * highest + 1) / 6;
  }
}
