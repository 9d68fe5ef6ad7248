package io.github.primesim.cli;

import io.github.primesim.experiment.ChipSample;
import io.github.primesim.units.InputProblem;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How cells differ from what they are programmed to, and what wires do, on how many chips. */
final class CellOptions {
  private static final int MOST_CHIPS = 10_000;
  private static final int MOST_OHM = 1_000_000;
  private static final String DEFAULT_CHIPS = "5";

  @Option(
      names = "--cell-spread",
      paramLabel = "S",
      description =
          "Standard deviation of what a cell conducts, as a share of what its level does: 0.05 for"
              + " 5 %%. Level 0 conducts by the resistances of the hardware file.")
  private Optional<String> spread;

  @Option(
      names = "--stuck-off",
      paramLabel = "P",
      description = "Share of cells that are stuck at level 0.")
  private Optional<String> stuckOff;

  @Option(
      names = "--stuck-on",
      paramLabel = "P",
      description = "Share of cells that are stuck at the highest level.")
  private Optional<String> stuckOn;

  @Option(
      names = "--read-noise",
      paramLabel = "S",
      description =
          "Standard deviation of what a cell conducts from one reading to the next, as a share of"
              + " what it conducts.")
  private Optional<String> readNoise;

  @Option(
      names = "--wire-resistance",
      paramLabel = "OHM",
      description =
          "Resistance of wordlines and bitlines from one cell to the next, about 1 at 45 nm:"
              + " docs/accuracy.md. Default: ideal wires.")
  private Optional<String> wire;

  @Option(
      names = "--chips",
      paramLabel = "K",
      description =
          "Where cells differ: chips to draw from --seed, each with cells of its own. Default: "
              + DEFAULT_CHIPS
              + ".")
  private Optional<String> chips;

  /**
   * The chips that are asked for.
   *
   * @throws InputProblem if a value is none, or there is nothing by which chips would differ
   */
  Optional<ChipSample> sample() {
    boolean differ =
        spread.isPresent() || stuckOff.isPresent() || stuckOn.isPresent() || readNoise.isPresent();
    if (!differ && chips.isPresent()) {
      throw new InputProblem(
          "--chips "
              + chips.get()
              + ": chips do not differ, allowed: with --cell-spread, --stuck-off, --stuck-on or"
              + " --read-noise");
    }
    if (!differ && wire.isEmpty()) {
      return Optional.empty();
    }
    double off = share("--stuck-off", stuckOff);
    double on = share("--stuck-on", stuckOn);
    if (off + on > 1) {
      throw new InputProblem(
          "--stuck-on '" + stuckOn.orElseThrow() + "': allowed: at most 1 with --stuck-off " + off);
    }
    return Optional.of(
        new ChipSample(
            share("--cell-spread", spread),
            off,
            on,
            share("--read-noise", readNoise),
            ohm(),
            differ ? WholeNumber.of("--chips", chips.orElse(DEFAULT_CHIPS), 1, MOST_CHIPS) : 1));
  }

  private double ohm() {
    return wire.isEmpty() ? 0 : number("--wire-resistance", wire.get(), MOST_OHM);
  }

  private static double share(String option, Optional<String> text) {
    return text.isEmpty() ? 0 : number(option, text.get(), 1);
  }

  private static double number(String option, String text, int most) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new InputProblem(option + " '" + text + "': allowed: a number from 0 to " + most);
  }
}
