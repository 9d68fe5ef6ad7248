package io.github.primesim.lowering;

import static io.github.primesim.lowering.LoweringFixture.compile;
import static io.github.primesim.lowering.LoweringFixture.convolution;
import static io.github.primesim.lowering.LoweringFixture.network;
import static io.github.primesim.lowering.LoweringFixture.prime;
import static io.github.primesim.lowering.LoweringFixture.random;
import static io.github.primesim.lowering.LoweringFixture.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.LoadedHardware;
import io.github.primesim.experiment.Replay;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far layers are copied, and when whole networks are instead. */
class PlacementTest {
  private static final Network CHAIN =
      network(
          new Shape(64, 16, 16),
          convolution("conv1", 64, 3, 1),
          convolution("conv2", 64, 3, 1),
          convolution("conv3", 64, 3, 1));

  /** Sixteen banks, of which the three layers fill two or so. */
  private static LoadedHardware memory(double bitsPerNs) {
    return prime(
        "organization.banks=16",
        "organization.matsPerFfSubarray=4",
        "timing.interBankBitsPerNs=" + bitsPerNs);
  }

  private static Trace layout(LoadedHardware hardware, String mapping) {
    return compile(CHAIN, random(CHAIN, 3, 0.3), hardware, mapping, Replication.LAYER);
  }

  private static RunResult run(double bitsPerNs) {
    LoadedHardware hardware = memory(bitsPerNs);
    return Replay.result(layout(hardware, "dense"), hardware.spec());
  }

  private static long sent(Trace trace) {
    return sum(trace, "conv2", Command.Send.class, Command.Send::bits)
        + sum(trace, "conv3", Command.Send.class, Command.Send::bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "block-compact"})
  void aPathWithoutLimitLeavesAllBanksToOneInstance(String mapping) {
    Trace trace = layout(memory(1e6), mapping);
    assertThat(trace.header().instances()).isEqualTo(1);
    assertThat(trace.header().banksPerInstance()).isEqualTo(16);
    // Three mats a copy leave one of four free.
    assertThat(trace.header().ffAfter()).isEqualTo(0.75);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "block-compact"})
  void aNarrowPathIsSparedByInstancesOnBanksOfTheirOwn(String mapping) {
    Trace wide = layout(memory(1e6), mapping);
    Trace narrow = layout(memory(2), mapping);
    assertThat(narrow.header().instances()).isGreaterThan(1);
    assertThat(narrow.header().instances() * narrow.header().banksPerInstance()).isEqualTo(16);
    assertThat(sent(narrow)).isLessThan(sent(wide) / 2);
  }

  /** The estimate is no better than the device model lets it be: measured on the device. */
  @Test
  void whatIsChosenIsFasterThanFillingAllMats() {
    LoadedHardware narrow = memory(2);
    Trace filled = layout(memory(1e6), "dense");
    RunResult before = Replay.result(filled, narrow.spec());
    RunResult after = Replay.result(layout(narrow, "dense"), narrow.spec());
    assertThat(after.throughputPerSecond()).isGreaterThan(1.1 * before.throughputPerSecond());
    assertThat(after.energyPj().total()).isLessThan(before.energyPj().total());
  }

  @Test
  void aWiderPathNeverCostsThroughput() {
    double slower = 0;
    for (double bitsPerNs : new double[] {0.5, 2, 8, 32, 128}) {
      double faster = run(bitsPerNs).throughputPerSecond();
      assertThat(faster).as("%s bit/ns", bitsPerNs).isGreaterThan(0.98 * slower);
      slower = faster;
    }
  }

  /** Where banks cannot be divided, mats are left free where that pays, on the device too. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 2, 8})
  void banksThatCannotBeDividedAreFilledAsFarAsItPays(double bitsPerNs) {
    LoadedHardware wide = prime(large(1e6));
    LoadedHardware narrow = prime(large(bitsPerNs));
    Trace filled = layout(wide, "dense");
    Trace chosen = layout(narrow, "dense");
    assertThat(chosen.header().instances()).isEqualTo(1);
    assertThat(chosen.header().ffAfter()).isLessThanOrEqualTo(filled.header().ffAfter());
    assertThat(Replay.result(chosen, narrow.spec()).throughputPerSecond())
        .isGreaterThanOrEqualTo(0.99 * Replay.result(filled, narrow.spec()).throughputPerSecond());
  }

  /** Seven banks, which only one instance can share. */
  private static String[] large(double bitsPerNs) {
    return new String[] {
      "organization.banks=7",
      "organization.matsPerFfSubarray=4",
      "timing.interBankBitsPerNs=" + bitsPerNs
    };
  }
}
