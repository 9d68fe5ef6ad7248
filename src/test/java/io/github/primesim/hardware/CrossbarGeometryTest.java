package io.github.primesim.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossbarGeometryTest {
  private static HardwareSpec prime(String... overrides) {
    return HardwareFiles.load(Path.of("").toAbsolutePath(), "prime-45nm", List.of(overrides))
        .spec();
  }

  private static HardwareSpec prime(int rows, int bitlines, boolean shared) {
    return prime(
        "organization.crossbarRows=" + rows,
        "organization.crossbarBitlines=" + bitlines,
        "organization.sharedSenseAmplifiers=" + shared);
  }

  @Test
  void aMatOfPrimeIsTwoPairsOnTheSameWordlinesWithSixteenSenseAmplifiers() {
    CrossbarGeometry geometry = CrossbarGeometry.of(prime(), SignScheme.PAIRS);

    assertThat(geometry)
        .isEqualTo(new CrossbarGeometry(256, 256, 2, SignScheme.PAIRS, 2, 1, 32, 8, 1));
    assertThat(geometry.weightsPerWordline()).isEqualTo(128);
    assertThat(geometry.senseAmplifiersPerMat()).isEqualTo(16);
    assertThat(geometry.columnsPerSenseAmplifier()).isEqualTo(16);
    assertThat(geometry.wordlineDriversPerMat()).isEqualTo(256);
  }

  @Test
  void independentSignsUseEveryArrayAndItsOwnSenseAmplifiers() {
    CrossbarGeometry geometry = CrossbarGeometry.of(prime(), SignScheme.INDEPENDENT);

    assertThat(geometry.slotsPerGroup()).isEqualTo(4);
    assertThat(geometry.groupsPerMat()).isEqualTo(1);
    assertThat(geometry.senseAmplifiersPerMat()).isEqualTo(32);
  }

  @ParameterizedTest(name = "{0} x {1}, shared {2}")
  @CsvSource({
    // rows, bitlines, shared, slots a mat, SA a slot, slots a SA, SA a mat, columns a SA, mats
    "256, 256, false,   2,  8,  1,  16, 16, 32",
    "256, 256, true,    2,  8,  1,  16, 16, 32",
    "128, 128, false,   8,  4,  1,  32, 16, 32",
    "128, 128, true,    8,  2,  1,  16, 32, 32",
    " 64,  64, false,  32,  2,  1,  64, 16, 32",
    " 64,  64, true,   32,  1,  2,  16, 64, 32",
    " 32,  32, false, 128,  1,  1, 128, 16, 32",
    " 32,  32, true,  128,  1,  8,  16, 128, 32",
    " 16,  16, false, 512,  1,  1, 512,  8, 32",
    " 32, 256, false,  16,  8,  1, 128, 16, 32",
    "100, 100, false,   8,  3,  1,  24, 17, 32",
    "200, 200, false,   2,  6,  1,  12, 17, 32",
    "512, 512, false,   2, 16,  1,  32, 16,  8",
    "512, 256, false,   2,  8,  1,  16, 16, 16",
    "256, 512, false,   2, 16,  1,  32, 16, 16",
    "512, 128, false,   4,  4,  1,  16, 16, 16",
  })
  void crossbarsDivideOrJoinTheArrays(
      int rows,
      int bitlines,
      boolean shared,
      int slots,
      int senseAmplifiersPerSlot,
      int slotsPerSenseAmplifier,
      int senseAmplifiersPerMat,
      int columnsPerSenseAmplifier,
      int mats) {
    CrossbarGeometry geometry =
        CrossbarGeometry.of(prime(rows, bitlines, shared), SignScheme.PAIRS);

    assertThat(geometry.slotsPerMat()).isEqualTo(slots);
    assertThat(geometry.senseAmplifiersPerSlot()).isEqualTo(senseAmplifiersPerSlot);
    assertThat(geometry.slotsPerSenseAmplifier()).isEqualTo(slotsPerSenseAmplifier);
    assertThat(geometry.senseAmplifiersPerMat()).isEqualTo(senseAmplifiersPerMat);
    assertThat(geometry.columnsPerSenseAmplifier()).isEqualTo(columnsPerSenseAmplifier);
    assertThat(geometry.matsPerFfSubarray()).isEqualTo(mats);
    assertThat(geometry.slotsPerGroup())
        .as("crossbars of a divided array have wordline drivers of their own")
        .isEqualTo(slots == 2 ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({"256, 256", "128, 128", "64, 64", "32, 32", "16, 16", "512, 512", "512, 128"})
  void sizesThatDivideTheArrayKeepAllCells(int rows, int bitlines) {
    HardwareSpec spec = prime(rows, bitlines, false);

    for (SignScheme signs : SignScheme.values()) {
      CrossbarGeometry geometry = CrossbarGeometry.of(spec, signs);
      long cells =
          (long) geometry.matsPerFfSubarray()
              * geometry.slotsPerMat()
              * geometry.arraysPerSlot()
              * rows
              * bitlines;
      assertThat(cells).as("cells of an FF subarray, %s", signs).isEqualTo(32L * 4 * 256 * 256);
      assertThat(Capacity.of(spec, geometry).weights())
          .as("weights, %s", signs)
          .isEqualTo(1L << 28);
    }
  }

  @Test
  void primeHoldsTheLargestPublishedNetwork() {
    HardwareSpec spec = prime();
    Capacity capacity = Capacity.of(spec, CrossbarGeometry.of(spec, SignScheme.PAIRS));

    assertThat(capacity.matRows()).isEqualTo(256);
    assertThat(capacity.matColumns()).isEqualTo(256);
    assertThat(capacity.mats()).isEqualTo(4096);
    assertThat(capacity.weights()).isEqualTo(268_435_456L);
    assertThat(capacity.ffSubarrayBits()).as("8 Mbit as memory").isEqualTo(8L << 20);
    assertThat(capacity.memoryBits()).as("4 GB, not the 16 published").isEqualTo(0x1p35);
  }

  @Test
  void weightsOfOneSliceTakeOneBitline() {
    CrossbarGeometry geometry =
        CrossbarGeometry.of(prime("quantization.weightBits=4"), SignScheme.PAIRS);

    assertThat(geometry.bitlinesPerWeight()).isEqualTo(1);
    assertThat(geometry.weightsPerWordline()).isEqualTo(256);
    assertThat(geometry.columnsPerSenseAmplifier()).isEqualTo(32);
  }

  @Test
  void aWeightWiderThanTheCrossbarIsRefused() {
    assertThatThrownBy(() -> prime("organization.crossbarBitlines=3", "quantization.cellBits=2"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("organization.crossbarBitlines=3", "4 to 512");
  }
}
