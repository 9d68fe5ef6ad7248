package io.github.primesim.lowering;

import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.hardware.Timing;
import io.github.primesim.metrics.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the mats of a layer process an input vector: passes, conversions, and what each of them
 * counts as actions.
 */
final class Operation {
  private final ConversionBits conversions;
  private final CellActivity activity;
  private final SignScheme signs;
  private final boolean conductsWhileConverting;
  private final Timing.TimeLaw timeLaw;
  private final boolean allBitlinesConduct;
  private final int inputBits;
  private final int inputPasses;

  /** Conversions of a weight column by input slice. */
  final List<List<Integer>> slices;

  /** Activations of all slices: both signs of the inputs, and segments of a crossbar. */
  final int passes;

  Operation(HardwareSpec hardware, LayerImage image, CellActivity activity, boolean signedInputs) {
    conversions = ConversionBits.of(hardware, image.geometry.rows());
    slices = conversions.conversions();
    signs = image.geometry.signs();
    this.activity = activity;
    conductsWhileConverting = hardware.cell().conduction() == Cell.Conduction.CONVERSION;
    timeLaw = hardware.timing().saTimeLaw();
    allBitlinesConduct = hardware.cell().allBitlinesConduct();
    inputBits = hardware.quantization().inputBits().count();
    inputPasses = signedInputs ? 2 : 1;
    passes = inputPasses * image.passes();
  }

  /**
   * Adds the actions of some input vectors to {@code tallies}.
   *
   * @param span the input vectors
   * @param sharing copies that share their bitlines block-diagonally, so that each column sees the
   *     wordlines of all of them
   * @param depth weight columns on the busiest sense amplifier
   */
  void tally(LayerImage.Part part, Span span, int sharing, int depth, Map<Action, Long> tallies) {
    if (span.count() == 0) {
      return;
    }
    long positions = span.count();
    long conversionsOfPart = 0;
    for (int input = 0; input < slices.size(); input++) {
      for (int bits : slices.get(input)) {
        add(tallies, Action.conversion(bits), part.results * inputPasses * positions);
        conversionsOfPart += part.results * inputPasses;
      }
    }
    activity
        .of(part, span, conduction(sharing, depth))
        .forEach((action, count) -> add(tallies, action, count));
    add(tallies, Action.LATCH_BITS, part.inputWordlines * inputBits * positions);
    add(tallies, Action.MULTIPLEXER_SWITCHES, conversionsOfPart * positions);
    if (signs == SignScheme.PAIRS) {
      add(tallies, Action.SUBTRACTIONS, conversionsOfPart * positions);
    }
    add(tallies, Action.PRECISION_ADDITIONS, conversionsOfPart * positions);
  }

  /** For how long which cells conduct under each input slice. */
  private Conduction conduction(int sharing, int depth) {
    List<List<Long>> windows = new ArrayList<>();
    for (List<Integer> parts : conversions.parts()) {
      windows.add(
          parts.stream()
              .map(bits -> bits == 0 ? 0 : conductsWhileConverting ? senseAmplifierTime(bits) : 1L)
              .toList());
    }
    int arrays = signs == SignScheme.PAIRS ? 2 : 1;
    return new Conduction(windows, arrays, sharing, depth, allBitlinesConduct);
  }

  private static void add(Map<Action, Long> tallies, Action action, long count) {
    if (count > 0) {
      tallies.merge(action, count, Long::sum);
    }
  }

  /** Time of a conversion in units of {@code saBitNs}. */
  private long senseAmplifierTime(int bits) {
    return switch (timeLaw) {
      case LINEAR -> bits;
      case EXPONENTIAL -> 1L << bits;
    };
  }

  /** Time of one operation in nanoseconds, to compare layers with; the device model decides. */
  double estimateNs(HardwareSpec hardware, int depth) {
    double saBitNs = hardware.timing().saBitNs().value();
    double ns = 0;
    for (List<Integer> slice : slices) {
      if (slice.isEmpty()) {
        continue;
      }
      ns += hardware.timing().wordlineDriveNs().value() + hardware.cell().readPulseNs().value();
      for (int bits : slice) {
        ns += depth * senseAmplifierTime(bits) * saBitNs;
      }
    }
    return ns * passes;
  }
}
