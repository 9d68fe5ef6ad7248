package io.github.primesim.cli;

import io.github.primesim.config.ChipChoices;
import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.experiment.ChipSample;
import io.github.primesim.units.InputProblem;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How cells differ from what they are programmed to, and what wires do, on how many chips. */
final class CellOptions {
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
          "Resistance of wordlines and bitlines from one cell to the next, 0.5 to 1 at 45 nm by"
              + " docs/accuracy.md. Default: 0, ideal wires.")
  private Optional<String> wire;

  @Option(
      names = "--chips",
      paramLabel = "K",
      description =
          "Where cells differ: chips to draw from --seed, each with cells of its own. Default: "
              + ChipChoices.DEFAULT_CHIPS
              + ".")
  private Optional<String> chips;

  /**
   * The chips that are asked for.
   *
   * @throws InputProblem if a value is none, or there is nothing by which chips would differ
   */
  Optional<ChipSample> sample() {
    Map<AccuracyKey, String> chosen = new EnumMap<>(AccuracyKey.class);
    spread.ifPresent(text -> chosen.put(AccuracyKey.SPREAD, text));
    stuckOff.ifPresent(text -> chosen.put(AccuracyKey.STUCK_OFF, text));
    stuckOn.ifPresent(text -> chosen.put(AccuracyKey.STUCK_ON, text));
    readNoise.ifPresent(text -> chosen.put(AccuracyKey.READ_NOISE, text));
    wire.ifPresent(text -> chosen.put(AccuracyKey.WIRE_RESISTANCE, text));
    chips.ifPresent(text -> chosen.put(AccuracyKey.CHIPS, text));
    return ChipChoices.ofOptions(chosen).sample();
  }
}
