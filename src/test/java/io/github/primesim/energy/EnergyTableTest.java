package io.github.primesim.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyTableTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final Offset<Double> EXACT = within(1e-12);

  @TempDir Path folder;

  private static HardwareSpec prime(String... overrides) {
    return HardwareFiles.load(INSTALLATION, "prime-45nm", List.of(overrides)).spec();
  }

  private static double price(Action action, String... overrides) {
    return EnergyTable.of(prime(overrides)).pricePj(action);
  }

  /** Energy of one cell in femtojoules, by Ohm's law and not by the two prices. */
  private static double ohmFj(int input, int level) {
    double volts = 0.2 * input / 7;
    double siemens = 1.0 / 20_000 + level / 15.0 * (1.0 / 1000 - 1.0 / 20_000);
    return volts * volts * siemens * 10e-9 * 1e15;
  }

  @Test
  void cellsTakeWhatOhmsLawSays() {
    EnergyTable table = EnergyTable.of(prime());
    for (int input = 0; input <= 7; input++) {
      for (int level = 0; level <= 15; level++) {
        double pj =
            input * input * table.pricePj(Action.CELL_INPUT_SQUARES)
                + input * input * level * table.pricePj(Action.CELL_INPUT_SQUARE_LEVELS);

        assertThat(pj * 1000)
            .as("input %d, level %d", input, level)
            .isCloseTo(ohmFj(input, level), within(1e-9));
      }
    }
    // 0.2 V over 1 kOhm is 40 uW; for 10 ns 0.4 pJ.
    assertThat(ohmFj(7, 15)).isCloseTo(400, within(1e-9));
  }

  @Test
  void uniformDataTakeFortyOneFemtojoulesPerCellAndSliceAndZerosSeven() {
    double pair = 0;
    double zeros = 0;
    for (int input = 0; input <= 7; input++) {
      for (int level = 0; level <= 15; level++) {
        // One sign of a pair holds the weight, the other one level 0.
        pair += (ohmFj(input, level) + ohmFj(input, 0)) / 2 / 128;
        zeros += ohmFj(input, 0) / 128;
      }
    }
    EnergyTable table = EnergyTable.of(prime());
    double meanSquare = 140 / 8.0;
    double squares = meanSquare * table.pricePj(Action.CELL_INPUT_SQUARES) * 1000;
    double levels = meanSquare * 7.5 / 2 * table.pricePj(Action.CELL_INPUT_SQUARE_LEVELS) * 1000;

    assertThat(squares).isCloseTo(zeros, within(1e-9)).isCloseTo(7.1, within(0.05));
    assertThat(squares + levels).isCloseTo(pair, within(1e-9)).isCloseTo(41.1, within(0.05));
  }

  @Test
  void theConductionWindowIsTheReadPulseOrOneSenseAmplifierBit() {
    double pulse = price(Action.CELL_INPUT_SQUARES);
    double conversion = price(Action.CELL_INPUT_SQUARES, "cell.conduction=conversion");

    assertThat(pulse).isCloseTo(0.04 / 20_000 * 10 * 1000 / 49, EXACT);
    assertThat(conversion).isCloseTo(pulse * 0.98, EXACT);
  }

  @Test
  void voltageCountsSquared() {
    assertThat(price(Action.CELL_INPUT_SQUARE_LEVELS, "cell.readVoltageV=0.4"))
        .isCloseTo(4 * price(Action.CELL_INPUT_SQUARE_LEVELS), EXACT);
  }

  @Test
  void everyActionHasThePriceOfItsKey() {
    EnergyTable table = EnergyTable.of(prime());

    for (int bits = 1; bits <= 8; bits++) {
      assertThat(table.pricePj(Action.conversion(bits))).isCloseTo(0.21 * bits, EXACT);
    }
    assertThat(table.pricePj(Action.CONVERT_16)).isEqualTo(430.08);
    assertThat(table.pricePj(Action.WORDLINE_DRIVES)).isEqualTo(0.0424);
    assertThat(table.pricePj(Action.LATCH_BITS)).isEqualTo(0.009);
    assertThat(table.pricePj(Action.MULTIPLEXER_SWITCHES)).isEqualTo(0.166);
    assertThat(price(Action.SUBTRACTIONS, "energy.subtractionPj=0.2")).isEqualTo(0.2);
    assertThat(price(Action.PRECISION_ADDITIONS, "energy.precisionAddPj=0.2")).isEqualTo(0.2);
    assertThat(table.pricePj(Action.MAT_ACCUMULATIONS)).isEqualTo(0.753);
    assertThat(table.pricePj(Action.SUBARRAY_ACCUMULATIONS)).isEqualTo(0.908);
    assertThat(table.pricePj(Action.INDEX_READ_BITS)).isEqualTo(0.0232);
    assertThat(table.pricePj(Action.SCATTERS)).isEqualTo(0.32);
    assertThat(table.pricePj(Action.GATHERS)).isEqualTo(0.11);
    assertThat(table.pricePj(Action.ACTIVATIONS)).isEqualTo(0.366);
    assertThat(table.pricePj(Action.POOLINGS)).isEqualTo(0.03);
    assertThat(table.pricePj(Action.ELEMENTWISE_OPERATIONS)).isEqualTo(0.2);
    assertThat(table.pricePj(Action.BUFFER_READ_BITS)).isEqualTo(1.592);
    assertThat(table.pricePj(Action.BUFFER_WRITE_BITS)).isEqualTo(3.88);
    assertThat(table.pricePj(Action.PORT_BITS)).isEqualTo(0.035);
    assertThat(table.pricePj(Action.GLOBAL_DATA_LINE_BITS)).isEqualTo(0.143);
    assertThat(table.pricePj(Action.INTER_BANK_BITS)).isEqualTo(5);
    assertThat(table.pricePj(Action.MEMORY_READ_BITS)).isEqualTo(1.27);
    assertThat(table.pricePj(Action.MEMORY_WRITE_BITS)).isEqualTo(26.25);
    assertThat(table.pricePj(Action.COMMANDS)).isEqualTo(1);
  }

  @Test
  void noActionIsFreeForWantOfAnEntry() {
    EnergyTable table = EnergyTable.of(prime());

    for (Action action : Action.values()) {
      assertThat(table.pricePj(action)).as(action.key()).isPositive();
    }
  }

  @Test
  void aConversionBeyondTheTableHasNoPrice() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("short.yaml"),
            """
            name: short
            description: two bits at most
            extends: prime-45nm
            quantization:
              senseAmplifierBits: {value: 2, unit: bit, source: test, node: any, basis: assumed}
            energy:
              conversionPj:
                - {value: 1, unit: pJ, source: test, node: any, basis: assumed}
                - {value: 2, unit: pJ, source: test, node: any, basis: assumed}
            """);
    EnergyTable table =
        EnergyTable.of(HardwareFiles.load(INSTALLATION, file.toString(), List.of()).spec());

    assertThat(table.pricePj(Action.CONVERT_2)).isEqualTo(2);
    assertThatThrownBy(() -> table.pricePj(Action.CONVERT_3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("convert-3");
  }
}
