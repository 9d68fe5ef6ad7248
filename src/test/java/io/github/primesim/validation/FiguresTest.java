package io.github.primesim.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.claim.Claim;
import io.github.primesim.config.ClaimFiles;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.InstalledSources;
import io.github.primesim.experiment.EnergyRow;
import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.metrics.Action;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures against closed forms. */
class FiguresTest {
  private static final Path ROOT = Path.of("");
  private static final Offset<Double> EXACT = within(1e-9);

  private static double figure(String name, String... inputs) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      given.put(inputs[i], inputs[i + 1]);
    }
    Bench bench = new Bench(new InstalledSources(ROOT), Substitution.NONE);
    return Figures.named(name).orElseThrow().of(new Question(given, bench));
  }

  @Test
  void aCellTakesItsMeanConductanceTimesTheMeanSquareOfTheVoltage() {
    // 0.2 V, 10 ns, 1 and 20 kOhm; the mean of i^2 / 49 over 0 to 7 is 140 / 8 / 49.
    double conductance = (1e-3 + 5e-5) / 2;
    assertThat(figure("cell-energy"))
        .isEqualTo(0.04 * 10e-9 * conductance * 140 / 8 / 49 * 1e15, within(1e-6));
    assertThat(figure("cell-energy", "rowsOn", "0.25"))
        .isEqualTo(0.04 * 10e-9 * conductance * 0.25 * 1e15, within(1e-6));
  }

  @Test
  void aCrossbarOfHalfTheSizeHasAQuarterOfTheEnergy() {
    assertThat(figure("crossbar-energy-ratio", "size", "128", "over", "64")).isEqualTo(4, EXACT);
    assertThat(figure("crossbar-energy-ratio", "size", "32", "over", "128"))
        .isEqualTo(1 / 16.0, EXACT);
  }

  @Test
  void sharesOfAnFfMatBecomeSharesOfTheChip() {
    // 2 of 64 subarrays grow by 60 / 40, or by 60 / 100.
    assertThat(figure("area-overhead-from-shares", "additionsPercentOfMat", "60"))
        .isEqualTo(100 * 2 * 1.5 / 64, EXACT);
    assertThat(figure("area-overhead-from-shares", "additionsPercentOfOriginal", "60"))
        .isEqualTo(100 * 2 * 0.6 / 64, EXACT);
  }

  @Test
  void sharesOfTheCircuitsOfAMatAddUp() {
    double sum = 0;
    for (String part : List.of("drivers", "senseAmplifiers", "subtraction", "control")) {
      sum += figure("ff-mat-share", "part", part);
    }
    assertThat(sum).isEqualTo(100, EXACT);
  }

  @Test
  void theAreaOverheadIsWhatTheChipHasMore() {
    // A memory of the same subarrays, of nothing but circuits that both have, adds nothing.
    String free =
        "area.wordlineDriverUm2=0 area.columnMultiplexerUm2=0 area.senseAmplifierUm2=0"
            + " area.precisionControlUm2=0 area.accumulatorBankUm2=0 area.activationUnitUm2=0"
            + " area.poolingUnitUm2=0 area.elementwiseUnitUm2=0 area.ffPortUm2=0"
            + " area.arraysAbovePeriphery=true";
    // Without anything in them the two FF subarrays of 64 are simply missing.
    double common = 64 * (5_000 + 10_000) + 100_000;
    double plain = 64.0 * 64 * 792_000 + common;
    assertThat(figure("area-overhead", "set", free))
        .isEqualTo(-100 * 64 * 2 * 792_000.0 / plain, within(1e-6));
  }

  @Test
  void isaacsGroupsTakeAllOfItsPower() {
    double sum = 0;
    for (String part : List.of("converters", "array", "digital", "memory", "communication")) {
      sum += figure("isaac-share", "part", part);
    }
    assertThat(sum).isEqualTo(100, EXACT);
    // 168 tiles of 12 units with 16 + 4 mW, of 168 tiles of 329.81 mW and 10.4 W.
    assertThat(figure("isaac-share", "part", "converters"))
        .isEqualTo(100 * 168 * 12 * 20 / (168 * 329.81 + 10_400), within(1e-6));
  }

  @Test
  void aLayerTakesTheMatsThatItsTilesFill() {
    // Tiles of 256 x 128 weights, two of them a mat: 2 x 2 tiles, 1 x 1, 1 x 3.
    assertThat(figure("mats-of-layer", "rows", "257", "columns", "129")).isEqualTo(2, EXACT);
    assertThat(figure("mats-of-layer", "rows", "256", "columns", "128")).isEqualTo(1, EXACT);
    assertThat(figure("mats-of-layer", "rows", "256", "columns", "384")).isEqualTo(2, EXACT);
  }

  @Test
  void energyIsDividedByTheWayBitsGo() {
    EnergyShare share =
        new EnergyShare(
            List.of(
                // 10 bits fetched, 4 committed, 20 loaded, 6 stored; a picojoule a bit.
                row(Action.MEMORY_READ_BITS, 10),
                row(Action.MEMORY_WRITE_BITS, 4),
                row(Action.GLOBAL_DATA_LINE_BITS, 14),
                row(Action.BUFFER_WRITE_BITS, 16),
                row(Action.BUFFER_READ_BITS, 24),
                row(Action.PORT_BITS, 26),
                row(Action.LATCH_BITS, 1),
                row(Action.ACTIVATIONS, 3),
                row(Action.CONVERT_6, 50),
                row(Action.CELL_INPUT_SQUARES, 2)));
    double inputs = 10 + 10 + 10 + 20 + 20 + 1;
    double outputs = 4 + 4 + 6 + 4 + 6 + 3;
    double all = inputs + outputs + 52;
    assertThat(share.percent("inputs")).isEqualTo(100 * inputs / all, EXACT);
    assertThat(share.percent("outputs")).isEqualTo(100 * outputs / all, EXACT);
    assertThat(share.percent("compute")).isEqualTo(100 * 52 / all, EXACT);
  }

  private static EnergyRow row(Action action, double count) {
    return new EnergyRow(
        action.component().key(), action.level().key(), "layer", action.key(), count, 1, count);
  }

  @Test
  void anInputThatMakesNoSenseIsRefused() {
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> figure("ff-mat-share", "part", "roof"))
        .withMessageContaining("'roof', allowed: drivers, senseAmplifiers, subtraction, control");
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> figure("conversion-energy", "bits", "six"))
        .withMessageContaining("'six', allowed: a number");
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> figure("conversion-energy"))
        .withMessageContaining("'bits' is missing");
  }

  static List<String> bundled() {
    return HardwareFiles.bundled(ROOT);
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void whatIsFittedNamesTheClaimItWasFittedTo(String hardware) {
    List<String> claims = ClaimFiles.all(ROOT).stream().map(Claim::id).toList();
    Map<String, Quantity> numbers =
        HardwareNumbers.of(HardwareFiles.load(ROOT, hardware, List.of()).spec());
    assertThat(numbers.values().stream().filter(number -> number.basis() == Basis.FITTED))
        .allSatisfy(number -> assertThat(claims).anyMatch(claim -> number.source().contains(claim)))
        .hasSizeLessThanOrEqualTo(3);
  }
}
