package io.github.primesim.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImplicationsTest {
  private static final String[] SMALL = {
    "organization.crossbarRows=32", "organization.crossbarBitlines=32"
  };

  private static HardwareSpec prime(String... overrides) {
    return HardwareFiles.load(Path.of("").toAbsolutePath(), "prime-45nm", List.of(overrides))
        .spec();
  }

  private static Implications implied(String... overrides) {
    return Implications.of(prime(overrides), SignScheme.PAIRS);
  }

  private static double array(Implications implied) {
    return implied.pjByComponent().get(Component.CROSSBAR);
  }

  private static Inventory inventory(HardwareSpec spec) {
    return Inventory.of(spec, CrossbarGeometry.of(spec, SignScheme.PAIRS), 0, Counts.none());
  }

  private static long count(Inventory inventory, String name) {
    return inventory.parts().stream()
        .filter(part -> part.name().equals(name))
        .mapToLong(Part::count)
        .sum();
  }

  @Test
  void aMatOperationIs176BitsOnEachSenseAmplifier() {
    MatOperation operation = implied().operation();

    assertThat(operation.bitsPerResult()).isEqualTo(11);
    assertThat(operation.conversionsPerSenseAmplifier()).isEqualTo(48);
    assertThat(operation.bitsPerSenseAmplifier()).isEqualTo(176);
    // Two slices of 11 cycles; 16 columns of 59 (6 bits) + 20 (2 bits) and of 30 (3 bits).
    assertThat(operation.cycles()).isEqualTo(2 * 11 + 16 * (59 + 20 + 30));
    assertThat(operation.ns()).isEqualTo(1766);
  }

  @Test
  void theClockDecidesHowTimesAreRounded() {
    // At 0.1 ns nothing is rounded: 2 x 11 + 176 x 9.8 ns.
    assertThat(implied("timing.clockPeriodNs=0.1").operation().ns())
        .isCloseTo(1746.8, within(1e-6));
  }

  @Test
  void anExponentialCounterTakesTwoToTheBits() {
    // 64, 4 and 8 units of 1 ns for 6, 2 and 3 bits.
    assertThat(implied("timing.saTimeLaw=exponential", "timing.saBitNs=1").operation().cycles())
        .isEqualTo(2 * 11 + 16 * (64 + 4 + 8));
  }

  @Test
  void itsEnergyIsThatOfTheHandCalculation() {
    HardwareSpec spec = prime();
    Map<Component, Double> dynamic =
        EnergyLedger.of(
                EnergyTable.of(spec),
                Map.of("op", implied().operation().actions()),
                new Inventory(List.of()),
                0)
            .byComponent();

    // 256 x 256 weights, 3 of 4 parts converted, 2 cells each at 41.07 fJ: 16.15 nJ.
    assertThat(dynamic.get(Component.CROSSBAR)).isCloseTo(16_150, within(10.0));
    assertThat(dynamic.get(Component.SENSE_AMPLIFIER)).isCloseTo(256 * 11 * 0.21, within(1e-9));
    assertThat(dynamic.get(Component.BUFFER_SUBARRAY))
        .isCloseTo(256 * 6 * (1.592 + 3.88), within(1e-9));
    assertThat(dynamic.get(Component.FF_PORT)).isCloseTo(2 * 256 * 6 * 0.035, within(1e-9));
    assertThat(implied().pjByComponent().get(Component.SENSE_AMPLIFIER))
        .as("with the leakage of 16 sense amplifiers")
        .isCloseTo(256 * 11 * 0.21 + 16 * 0.0021 * 1766, within(1e-6));
  }

  @Test
  void thePeakIsWhatTheBufferLeavesOfIt() {
    Implications prime = implied();

    // 2 x 65536 operations x 4096 mats / 1766 ns.
    assertThat(prime.peakTops()).isCloseTo(304.0, within(0.1));
    assertThat(prime.peakTopsPerWatt())
        .as("4 to 5 TOPS/W with TIMELY's buffer")
        .isBetween(4.0, 5.5);
    assertThat(
            implied("energy.bufferReadPjPerBit=8.4", "energy.bufferWritePjPerBit=8.4")
                .peakTopsPerWatt())
        .isLessThan(prime.peakTopsPerWatt() * 0.7);
  }

  @Test
  void allBitlinesConductingTakeThirtyTwoTimesTheArrayEnergy() {
    assertThat(array(implied("cell.allBitlinesConduct=true")) / array(implied()))
        .as("all 32 bitlines of a sense amplifier instead of the one it converts")
        .isCloseTo(32, within(0.01));
  }

  @Test
  void conductionDuringConversionCountsItsBits() {
    // 6, 3 and 2 units of 9.8 ns instead of three pulses of 10 ns.
    assertThat(array(implied("cell.conduction=conversion")) / array(implied()))
        .isCloseTo(11 * 9.8 / 30, within(1e-6));
  }

  @Test
  void smallCrossbarsShowTheirDriversSenseAmplifiersAndPartialSums() {
    Implications small = implied(SMALL);
    Implications large = implied();

    assertThat(small.capacity()).isEqualTo(large.capacity());
    assertThat(small.operation().cycles()).isEqualTo(large.operation().cycles());
    assertThat(small.operation().actions().get(Action.MAT_ACCUMULATIONS)).isEqualTo(8 * 256);
    assertThat(large.operation().actions().get(Action.MAT_ACCUMULATIONS)).isZero();
    assertThat(small.operation().actions().get(Action.CONVERT_6)).isEqualTo(8 * 256);
    assertThat(array(small)).isCloseTo(array(large), within(1e-6));
    assertThat(small.pjPerOperation()).isGreaterThan(large.pjPerOperation());
    assertThat(small.computeAreaMm2()).isGreaterThan(large.computeAreaMm2());
    assertThat(small.leakageWatt()).isGreaterThan(large.leakageWatt());
  }

  @Test
  void theInventoryFollowsTheGeometry() {
    Inventory dense = inventory(prime(SMALL));

    assertThat(count(dense, "cell")).isEqualTo(1L << 30);
    assertThat(count(dense, "wordlineDriver")).isEqualTo(4096L * 128 * 32);
    assertThat(count(dense, "columnMultiplexer")).isEqualTo(4096L * 128);
    assertThat(count(dense, "senseAmplifier")).isEqualTo(4096L * 128);
    assertThat(count(dense, "precisionControl")).isEqualTo(4096L * 128);
    assertThat(count(dense, "matAccumulatorBank")).isEqualTo(4096L * 16);
    assertThat(count(dense, "subarrayAccumulatorBank")).isEqualTo(128L * 32);
    assertThat(count(dense, "activationUnit")).isEqualTo(128L * 64);
    assertThat(count(dense, "poolingUnit")).isEqualTo(64L * 64);
    assertThat(count(dense, "elementwiseUnit")).isEqualTo(64L * 64);
    assertThat(count(dense, "bufferSubarray")).isEqualTo(64);
    assertThat(count(dense, "ffPort")).isEqualTo(128);
    assertThat(count(dense, "globalDataLines")).isEqualTo(64);
    assertThat(count(dense, "interBankPath")).isEqualTo(1);
    assertThat(count(dense, "memorySubarray")).isEqualTo(64L * 61);
    assertThat(count(dense, "controller")).isEqualTo(64);
  }

  @Test
  void whatOnlySparseMappingsNeedIsThereForThemAlone() {
    HardwareSpec spec = prime();
    Inventory sparse =
        Inventory.of(
            spec,
            CrossbarGeometry.of(spec, SignScheme.PAIRS),
            1000,
            Counts.of(Map.of(Action.SCATTERS, 1L, Action.GATHERS, 1L)));

    Inventory indexed =
        Inventory.of(spec, CrossbarGeometry.of(spec, SignScheme.PAIRS), 1000, Counts.none());

    assertThat(count(inventory(spec), "reorderPort")).isZero();
    assertThat(count(inventory(spec), "gatherPort")).isZero();
    assertThat(count(sparse, "reorderPort")).isEqualTo(128L * 64);
    assertThat(count(sparse, "indexMemoryBit")).isEqualTo(1000);
    assertThat(count(sparse, "gatherPort")).isEqualTo(128L * 64);
    // A bitmap of tiles moves nothing.
    assertThat(count(indexed, "reorderPort")).isZero();
    assertThat(count(indexed, "indexMemoryBit")).isEqualTo(1000);
  }

  @Test
  void everythingButCellsLeaks() {
    assertThat(inventory(prime()).parts())
        .allSatisfy(
            part ->
                assertThat(part.leakageMw() > 0)
                    .as(part.name())
                    .isEqualTo(!part.name().equals("cell")));
    assertThat(inventory(prime()).computeLeakageMw() / 1000)
        .isCloseTo(implied().leakageWatt(), within(1e-9));
  }

  @Test
  void areasAddUpAndArraysAbovePeripheryAreFree() {
    AreaLedger area = AreaLedger.of(inventory(prime()));
    AreaLedger above = AreaLedger.of(inventory(prime("area.arraysAbovePeriphery=true")));

    // 128 arrays of 256 x 256 cells of 4 F2 at 45 nm, 530.8 um2 each, in 128 FF subarrays.
    double cells = 16_384 * 65_536.0 * 4 * 0.045 * 0.045;
    assertThat(area.byComponent().get(Component.CROSSBAR)).isCloseTo(cells, within(1.0));
    assertThat(area.byComponent().get(Component.SENSE_AMPLIFIER)).isEqualTo(65_536 * 580.0);
    assertThat(area.totalUm2() - above.totalUm2()).isCloseTo(cells, within(1.0));
    assertThat(area.totalUm2())
        .isCloseTo(area.rows().stream().mapToDouble(AreaLedger.Row::areaUm2).sum(), within(1e-3));
    assertThat(area.totalUm2() - area.computeUm2()).isCloseTo(3904 * 792_000.0, within(1.0));
  }
}
