package io.github.primesim.experiment.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.lowering.Progress;
import io.github.primesim.metrics.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SensitivityTest {
  private static final String NETWORK = "cnn-1-mnist";
  private static final Map<String, Quantity> NUMBERS =
      HardwareFiles.load(Path.of(""), "prime-45nm", List.of()).quantities();

  private static Sensitivity vary(List<Headline> headlines, String... keys) {
    List<Parameter> parameters = new ArrayList<>();
    for (String key : keys) {
      parameters.add(new Parameter(key, NUMBERS.get(key)));
    }
    return Sensitivity.of(
        BundledDesigns.ALL, List.of(), headlines, parameters, 0.5, 2, Progress.SILENT);
  }

  private static RunResult run(String... sets) {
    return Run.of(RunRequest.of(BundledDesigns.ALL.of(NETWORK, "dense", "", List.of(sets))))
        .result();
  }

  /** Half a price more is half the energy of its action more. */
  @Test
  void aPriceMovesTheEnergyByItsShare() {
    Sensitivity found = vary(List.of(Headlines.energy(NETWORK)), "energy.bufferReadPjPerBit");
    double share =
        run().energyPj().byAction().get(Action.BUFFER_READ_BITS.key()) / run().energyPj().total();
    Swing swing = found.swings().get(0);
    double base = found.base().get(0);
    assertThat(share).isGreaterThan(0.05);
    assertThat(swing.high().get(0).getAsDouble() / base - 1).isCloseTo(share / 2, within(1e-9));
    assertThat(swing.low().get(0).getAsDouble() / base - 1).isCloseTo(-share / 2, within(1e-9));
  }

  /** Pricing again is what a whole run with the number changed gives, and moves no time. */
  @Test
  void whatIsOnlyPricedNeedsNoSimulation() {
    List<String> keys =
        NUMBERS.keySet().stream()
            .filter(key -> new Parameter(key, NUMBERS.get(key)).onlyPriced())
            .filter(key -> !key.contains("["))
            .toList();
    assertThat(keys).hasSizeGreaterThan(40);
    Sensitivity found =
        vary(
            List.of(Headlines.energy(NETWORK), Headlines.throughput(NETWORK)),
            keys.toArray(String[]::new));
    for (int i = 0; i < keys.size(); i += 13) {
      Parameter parameter = new Parameter(keys.get(i), NUMBERS.get(keys.get(i)));
      RunResult whole = run(parameter.times(1.5).orElseThrow());
      assertThat(found.swings().get(i).high().get(0).getAsDouble())
          .as(keys.get(i))
          .isEqualTo(whole.energyPj().total() / 1e9);
      assertThat(found.swings().get(i).high().get(1))
          .as(keys.get(i))
          .isEqualTo(OptionalDouble.of(whole.throughputPerSecond()));
    }
  }

  @Test
  void aTimeMovesTheThroughputAndIsSimulatedAgain() {
    Sensitivity found = vary(List.of(Headlines.throughput(NETWORK)), "timing.saBitNs");
    Swing swing = found.swings().get(0);
    assertThat(swing.low().get(0).getAsDouble()).isGreaterThan(found.base().get(0));
    assertThat(swing.high().get(0).getAsDouble())
        .isEqualTo(
            run("timing.saBitNs=" + 1.5 * NUMBERS.get("timing.saBitNs").value())
                .throughputPerSecond());
  }

  @Test
  void theStrongestComeFirstAndThoseThatMoveNothingNotAtAll() {
    Sensitivity found =
        vary(
            List.of(Headlines.energy(NETWORK)),
            "energy.programPjPerCell",
            "energy.activationPj",
            "energy.bufferReadPjPerBit");
    assertThat(found.strongest(0, 5))
        .extracting(swing -> swing.parameter().key())
        .containsExactly("energy.bufferReadPjPerBit", "energy.activationPj");
    assertThat(found.strongest(0, 1)).hasSize(1);
  }

  /** A resistance of the high state below that of the low one is none. */
  @Test
  void whatTheModelRefusesIsEmpty() {
    Quantity ohms = NUMBERS.get("cell.onResistanceOhm");
    Quantity little = new Quantity(1.5 * ohms.value(), ohms.unit(), "test", "any", ohms.basis());
    Sensitivity found =
        Sensitivity.of(
            BundledDesigns.ALL,
            List.of(),
            List.of(Headlines.energy(NETWORK)),
            List.of(new Parameter("cell.offResistanceOhm", little)),
            0.5,
            1,
            Progress.SILENT);
    assertThat(found.swings().get(0).low().get(0)).isEmpty();
    assertThat(found.swings().get(0).high().get(0)).isPresent();
  }
}
