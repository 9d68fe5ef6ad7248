package io.github.primesim.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyLedgerTest {
  private static final EnergyTable TABLE =
      EnergyTable.of(
          HardwareFiles.load(Path.of("").toAbsolutePath(), "prime-45nm", List.of()).spec());

  private static final Inventory LEAKS =
      new Inventory(
          List.of(
              new Part(Component.SENSE_AMPLIFIER, "senseAmplifier", 100, 0.002, 580),
              new Part(Component.ACCUMULATOR, "matAccumulatorBank", 0, 0.5, 10),
              new Part(Component.MEMORY_SUBARRAY, "memorySubarray", 10, 1.1, 1000)));

  private static Map<String, Counts<Action>> twoLayers() {
    Map<String, Counts<Action>> layers = new LinkedHashMap<>();
    layers.put(
        "conv1",
        Counts.of(
            Map.of(
                Action.CONVERT_6, 1000L, Action.CONVERT_3, 500L, Action.BUFFER_READ_BITS, 100L)));
    layers.put("fc1", Counts.of(Map.of(Action.CONVERT_6, 10L, Action.COMMANDS, 3L)));
    return layers;
  }

  @Test
  void rowsAreCountTimesPriceAndAddUpBothWays() {
    EnergyLedger ledger = EnergyLedger.of(TABLE, twoLayers(), LEAKS, 50);

    // conv1: 1000 x 1.26 + 500 x 0.63 + 100 x 1.592 = 1734.2; fc1: 10 x 1.26 + 3 x 1 = 15.6;
    // leakage: 100 x 0.002 mW x 50 ns = 10.
    assertThat(ledger.byLayer()).containsOnlyKeys("conv1", "fc1", EnergyLedger.LEAKAGE);
    assertThat(ledger.byLayer().get("conv1")).isCloseTo(1734.2, within(1e-9));
    assertThat(ledger.byLayer().get("fc1")).isCloseTo(15.6, within(1e-9));
    assertThat(ledger.leakagePj()).isCloseTo(10, within(1e-9));
    assertThat(ledger.totalPj()).isCloseTo(1759.8, within(1e-9));
    assertThat(ledger.byComponent().get(Component.SENSE_AMPLIFIER))
        .isCloseTo(1260 + 315 + 12.6 + 10, within(1e-9));
    assertThat(ledger.byComponent().get(Component.CONTROLLER)).isCloseTo(3, within(1e-9));
    assertThat(ledger.rows())
        .contains(
            new EnergyRow(
                Component.SENSE_AMPLIFIER,
                Level.MAT,
                "conv1",
                "convert-6",
                1000,
                1.26,
                1000 * 1.26));
    assertThat(ledger.rows()).last().extracting(EnergyRow::action).isEqualTo("senseAmplifier");
  }

  @Test
  void memorySubarraysAreNotChargedAndNothingLeaksInNoTime() {
    assertThat(EnergyLedger.of(TABLE, twoLayers(), LEAKS, 50).byComponent())
        .doesNotContainKey(Component.MEMORY_SUBARRAY);
    assertThat(EnergyLedger.of(TABLE, twoLayers(), LEAKS, 0).leakagePj()).isZero();
    assertThatThrownBy(() -> EnergyLedger.of(TABLE, twoLayers(), LEAKS, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomBreakdownsAreConserved(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Counts<Action>> layers = new LinkedHashMap<>();
    for (int layer = 0; layer < 40; layer++) {
      Counts.Builder<Action> counts = new Counts.Builder<>(Action.class);
      for (Action action : Action.values()) {
        counts.add(action, random.nextLong(1L << random.nextInt(1, 50)));
      }
      layers.put("layer" + layer, counts.build());
    }

    EnergyLedger ledger = EnergyLedger.of(TABLE, layers, LEAKS, 1e6);

    double rows = ledger.rows().stream().mapToDouble(EnergyRow::energyPj).sum();
    assertThat(ledger.totalPj()).as("seed %d", seed).isCloseTo(rows, within(rows * 1e-12));
    for (Action action : Action.values()) {
      assertThat(
              ledger.rows().stream()
                  .filter(row -> row.action().equals(action.key()))
                  .mapToLong(EnergyRow::count)
                  .sum())
          .as("%s, seed %d", action, seed)
          .isEqualTo(layers.values().stream().mapToLong(counts -> counts.get(action)).sum());
    }
  }

  private static void checkBroken(
      List<EnergyRow> rows, double total, Map<Component, Double> components, String complaint) {
    Counts<Action> expected = Counts.of(Map.of(Action.CONVERT_6, 10L, Action.COMMANDS, 3L));
    assertThatThrownBy(
            () -> EnergyLedger.check(rows, expected, total, components, Map.of("fc1", 15.6)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void aBreakdownThatDoesNotAddUpIsAFault() {
    EnergyRow conversions = EnergyRow.of(Action.CONVERT_6, "fc1", 10, 1.26);
    EnergyRow commands = EnergyRow.of(Action.COMMANDS, "fc1", 3, 1);
    List<EnergyRow> rows = List.of(conversions, commands);
    Map<Component, Double> components =
        Map.of(Component.SENSE_AMPLIFIER, 12.6, Component.CONTROLLER, 3.0);
    List<EnergyRow> doubled = new ArrayList<>(rows);
    doubled.add(commands);

    EnergyLedger.check(
        rows,
        Counts.of(Map.of(Action.CONVERT_6, 10L, Action.COMMANDS, 3L)),
        15.6,
        components,
        Map.of("fc1", 15.6));
    checkBroken(List.of(conversions), 15.6, components, "lists 0 commands, but 3");
    checkBroken(doubled, 15.6, components, "lists 6 commands, but 3");
    checkBroken(rows, 15.6001, components, "the total");
    checkBroken(rows, 15.6, Map.of(Component.SENSE_AMPLIFIER, 12.6), "components");
    checkBroken(rows, Double.NaN, components, "the total");
  }
}
