package io.github.primesim.lowering;

import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.hardware.Timing;
import io.github.primesim.metrics.Action;
import java.util.List;
import java.util.Map;

/**
 * How the mats of a layer process an input vector: passes, conversions, and what each of them
 * counts as actions.
 */
final class Operation {
  private final ConversionBits conversions;
  private final Activity activity;
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

  Operation(HardwareSpec hardware, LayerImage image, Activity activity, boolean signedInputs) {
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
   * Adds the actions of {@code positions} input vectors to {@code tallies}.
   *
   * @param sharing copies that share their bitlines block-diagonally, so that each column sees the
   *     wordlines of all of them
   * @param depth weight columns on the busiest sense amplifier
   */
  void tally(
      LayerImage.Part part, long positions, int sharing, int depth, Map<Action, Long> tallies) {
    if (positions == 0) {
      return;
    }
    long conversionsOfPart = 0;
    double squares = 0;
    double squareLevels = 0;
    double drives = 0;
    int arrays = signs == SignScheme.PAIRS ? 2 : 1;
    for (int input = 0; input < slices.size(); input++) {
      if (slices.get(input).isEmpty()) {
        continue;
      }
      double square = activity.meanSquares().get(input);
      double biasSquare = Math.pow(activity.biasLevels().get(input), 2);
      drives += part.inputWordlines * activity.drivenShares().get(input) + part.biasWordlines;
      long conducting = 0;
      for (int weight = 0; weight < conversions.parts().get(input).size(); weight++) {
        int bits = conversions.bits(input, weight);
        if (bits == 0) {
          continue;
        }
        add(tallies, Action.conversion(bits), part.results * inputPasses * positions);
        conversionsOfPart += part.results * inputPasses;
        long window = conductsWhileConverting ? senseAmplifierTime(bits) : 1;
        conducting += window;
        if (!allBitlinesConduct) {
          squares +=
              (double) window
                  * arrays
                  * sharing
                  * (part.inputPositions * square + part.biasPositions * biasSquare);
          squareLevels +=
              window * (part.inputLevels[weight] * square + part.biasLevels[weight] * biasSquare);
        }
      }
      if (allBitlinesConduct) {
        double steps = (double) conducting * depth;
        squares += steps * arrays * (part.inputCells * square + part.biasCells * biasSquare);
        for (int weight = 0; weight < part.inputLevels.length; weight++) {
          squareLevels +=
              steps * (part.inputLevels[weight] * square + part.biasLevels[weight] * biasSquare);
        }
      }
    }
    add(tallies, Action.CELL_INPUT_SQUARES, Math.round(squares * positions));
    add(tallies, Action.CELL_INPUT_SQUARE_LEVELS, Math.round(squareLevels * positions));
    add(tallies, Action.WORDLINE_DRIVES, Math.round(drives * positions));
    add(tallies, Action.LATCH_BITS, part.inputWordlines * inputBits * positions);
    add(tallies, Action.MULTIPLEXER_SWITCHES, conversionsOfPart * positions);
    if (signs == SignScheme.PAIRS) {
      add(tallies, Action.SUBTRACTIONS, conversionsOfPart * positions);
    }
    add(tallies, Action.PRECISION_ADDITIONS, conversionsOfPart * positions);
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
