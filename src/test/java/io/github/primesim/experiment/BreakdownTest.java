package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedHardware;
import io.github.primesim.device.BankActions;
import io.github.primesim.device.Simulation;
import io.github.primesim.experiment.Breakdown.Row;
import io.github.primesim.experiment.Breakdown.View;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakdownTest {
  private static final Path HERE = Path.of("");

  private static RunResult result(
      String network, String mapping, String crossbar, String replication) {
    DesignFiles.Choices choices =
        new DesignFiles.Choices(
            network,
            "prime-45nm",
            mapping,
            Optional.of(crossbar),
            "pairs",
            replication,
            "0",
            "0",
            List.of());
    return Run.of(RunRequest.of(DesignFiles.load(HERE, choices).request())).result();
  }

  private static double sum(Breakdown breakdown, ToDoubleFunction<Row> number) {
    return breakdown.rows().stream().mapToDouble(number).sum();
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5-mnist, block-compact, 32x32, layer",
    "lenet5-mnist, dense, 256x256, layer",
    "cnn-1, dense, 256x256, network",
    "mlp-s, block-compact, 64x64, layer",
    "mlp-l, dense, 256x256, none",
    "alexnet-imagenet, block-compact, 256x256, layer"
  })
  void everyViewAddsUpToTheEnergyOfTheInference(
      String network, String mapping, String crossbar, String replication) {
    RunResult result = result(network, mapping, crossbar, replication);
    double total = result.energyPj().total();
    assertThat(total).isPositive();
    for (View view : View.values()) {
      Breakdown breakdown = Breakdown.of(result, view);
      assertThat(sum(breakdown, Row::pj)).as(view.key()).isCloseTo(total, within(1e-9 * total));
      assertThat(sum(breakdown, Row::share)).as(view.key()).isCloseTo(1, within(1e-9));
      assertThat(sum(breakdown, Row::pjPerMac) * result.compiled().macs())
          .as(view.key())
          .isCloseTo(total, within(1e-9 * total));
      assertThat(sum(breakdown, Row::pjPerMm2) * result.computeMm2())
          .as(view.key())
          .isCloseTo(total, within(1e-9 * total));
      assertThat(breakdown.rows()).extracting(Row::name).doesNotHaveDuplicates();
    }
  }

  @Test
  void aComponentHasTheSameEnergyInAllBanksTogetherAsInTheLedger() {
    RunResult result = result("alexnet-imagenet", "dense", "256x256", "layer");
    Map<String, Double> inBanks = new HashMap<>();
    for (BankEnergy bank : result.energyPj().banks()) {
      bank.byComponent().forEach((component, pj) -> inBanks.merge(component, pj, Double::sum));
    }
    Map<String, Double> inLedger = result.energyPj().byComponent();
    assertThat(inBanks.keySet()).isEqualTo(inLedger.keySet());
    inLedger.forEach(
        (component, pj) ->
            assertThat(inBanks.get(component)).as(component).isCloseTo(pj, within(1e-9 * pj)));
  }

  @Test
  void figuresOfMeritFollowFromEnergyThroughputAndArea() {
    RunResult result = result("lenet5-mnist", "dense", "256x256", "layer");
    double operations = 2.0 * result.compiled().macs();
    assertThat(result.tops())
        .isCloseTo(operations * result.throughputPerSecond() / 1e12, within(1e-9));
    // Operations per second over joules per second are operations per joule.
    assertThat(result.tops() / result.watts()).isCloseTo(result.topsPerWatt(), within(1e-9));
    assertThat(result.topsPerMm2() / result.wattsPerMm2())
        .isCloseTo(result.topsPerWatt(), within(1e-9));
    assertThat(result.computeMm2()).isLessThan(result.areaUm2().total() / 1e6);
  }

  @Test
  void levelsRunFromTheArraysOutwardsAndAccumulatorsStandAtTheirOwn() {
    RunResult result = result("lenet5-mnist", "block-compact", "32x32", "layer");
    assertThat(result.energyPj().byLevel())
        .containsOnlyKeys("array", "mat", "subarray", "bank", "chip");
    assertThat(result.energyPj().byLevel().keySet()).first().isEqualTo("array");
    assertThat(result.energyPj().rows())
        .filteredOn(row -> row.component().equals("accumulator"))
        .allSatisfy(
            row ->
                assertThat(row.level())
                    .isEqualTo(row.action().startsWith("mat") ? "mat" : "subarray"))
        .extracting(EnergyRow::level)
        .contains("mat", "subarray");
  }

  /** The two banks of {@code two-layers.trace}, bit by bit as its comment has them. */
  @Test
  void whatIsSentIsReadInOneBankWrittenInTheOtherAndSharedOnTheWay() {
    Trace trace = TraceReader.read(Path.of("traces/two-layers.trace"));
    LoadedHardware hardware = HardwareFiles.load(HERE, trace.header().hardware(), List.of());

    List<BankActions> banks = Simulation.run(trace, hardware.spec()).banks();

    assertThat(banks).hasSize(3);
    assertThat(banks.get(0).bank()).hasValue(0);
    assertThat(banks.get(1).bank()).hasValue(1);
    assertThat(banks.get(2).bank()).isEmpty();
    assertThat(banks.get(0).actions().get(Action.COMMANDS)).isEqualTo(4);
    assertThat(banks.get(0).actions().get(Action.BUFFER_READ_BITS)).isEqualTo(48 + 24);
    assertThat(banks.get(0).actions().get(Action.BUFFER_WRITE_BITS)).isEqualTo(24);
    assertThat(banks.get(1).actions().get(Action.COMMANDS)).isEqualTo(3);
    assertThat(banks.get(1).actions().get(Action.BUFFER_READ_BITS)).isEqualTo(24);
    assertThat(banks.get(1).actions().get(Action.BUFFER_WRITE_BITS)).isEqualTo(24 + 24);
    assertThat(banks.get(1).actions().get(Action.CONVERT_6)).isEqualTo(4);
    assertThat(banks.get(2).actions()).isEqualTo(Counts.of(Map.of(Action.INTER_BANK_BITS, 24L)));
  }
}
