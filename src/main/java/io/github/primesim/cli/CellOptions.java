package io.github.primesim.cli;

import io.github.primesim.experiment.ChipSample;
import io.github.primesim.units.InputProblem;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How cells differ from what they are programmed to, on how many chips. */
final class CellOptions {
  private static final int MOST_CHIPS = 10_000;
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
      names = "--chips",
      paramLabel = "K",
      description =
          "With one of these: chips to draw from --seed, each with cells of its own. Default: "
              + DEFAULT_CHIPS
              + ".")
  private Optional<String> chips;

  /**
   * The chips that are asked for.
   *
   * @throws InputProblem if a share is none, or there is nothing by which chips would differ
   */
  Optional<ChipSample> sample() {
    if (spread.isEmpty() && stuckOff.isEmpty() && stuckOn.isEmpty()) {
      if (chips.isPresent()) {
        throw new InputProblem(
            "--chips "
                + chips.get()
                + ": chips do not differ, allowed: with --cell-spread, --stuck-off or --stuck-on");
      }
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
            share("--cell-spread", spread), off, on, count(chips.orElse(DEFAULT_CHIPS))));
  }

  private static double share(String option, Optional<String> text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      double value = Double.parseDouble(text.get());
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new InputProblem(option + " '" + text.get() + "': allowed: a number from 0 to 1");
  }

  private static int count(String text) {
    if (text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= MOST_CHIPS) {
      return Integer.parseInt(text);
    }
    throw new InputProblem(
        "--chips '" + text + "': allowed: a whole number from 1 to " + MOST_CHIPS);
  }
}
