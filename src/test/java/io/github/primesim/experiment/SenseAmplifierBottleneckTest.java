package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.metrics.Stall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the hardware file to the stall: sense amplifiers that are shared by fewer columns. */
class SenseAmplifierBottleneckTest {
  @ParameterizedTest
  @CsvSource({
    "256x256, organization.bitlinesPerSenseAmplifier=32, organization.bitlinesPerSenseAmplifier=16",
    "32x32, organization.sharedSenseAmplifiers=true, organization.sharedSenseAmplifiers=false"
  })
  void moreSenseAmplifiersShortenTheRunAndTheirStall(String crossbar, String few, String many) {
    RunResult slow = run(crossbar, few);
    RunResult fast = run(crossbar, many);

    assertThat(fast.cycles()).isLessThan(slow.cycles());
    assertThat(fast.throughputPerSecond()).isGreaterThan(slow.throughputPerSecond());
    String cause = Stall.SENSE_AMPLIFIER.key();
    assertThat(fast.stallCycles().get(cause))
        .isPositive()
        .isLessThan(slow.stallCycles().get(cause));
  }

  private static RunResult run(String crossbar, String set) {
    DesignFiles.Choices choices =
        new DesignFiles.Choices(
            "lenet5-mnist",
            "prime-45nm",
            "dense",
            Optional.of(crossbar),
            "pairs",
            "none",
            "0",
            "1",
            List.of(set));
    return Run.of(RunRequest.of(DesignFiles.load(Path.of(""), choices).request())).result();
  }
}
