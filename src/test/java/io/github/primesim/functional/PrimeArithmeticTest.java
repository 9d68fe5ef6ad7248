package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.DenseMapping;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.IntegerMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrimeArithmeticTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);

  /** HH 6 bits, LH (low half of the weight) 2, HL (low half of the input) 3, LL none. */
  private static final ConversionBits BITS =
      new ConversionBits(List.of(List.of(6, 2), List.of(3, 0)));

  /** A least significant bit of 2^8 products: HH counts in halves of it, HL in 1/16, LH in 1/32. */
  private static final PrimeArithmetic ARITHMETIC = new PrimeArithmetic(FORMATS, BITS, 8);

  @Test
  void convertsToTheNearestCodeHalvesAwayFromZero() {
    assertThat(codes(0, 0, 0, 1, 2, 3, 4, 125)).containsExactly(0, 1, 1, 2, 2, 63);
    assertThat(codes(1, 0, 7, 8, 23, 24)).as("HL").containsExactly(0, 1, 1, 2);
    assertThat(codes(0, 1, 15, 16, 47, 48)).as("LH").containsExactly(0, 1, 1, 2);
  }

  @Test
  void saturatesAtTheLargestCodeOfThePart() {
    assertThat(codes(0, 0, 126, 127, 10_000)).containsExactly(63, 63, 63);
    assertThat(codes(1, 0, 7 * 16, 10_000)).containsExactly(7, 7);
    assertThat(codes(0, 1, 3 * 32, 10_000)).containsExactly(3, 3);
  }

  @Test
  void keepsTheSignApart() {
    assertThat(codes(0, 0, -1, -2, -3, -4, -10_000)).containsExactly(-1, -1, -2, -2, -63);
  }

  @Test
  void leavesOutWhatIsNotConverted() {
    assertThat(ARITHMETIC.converts(0, 0)).isTrue();
    assertThat(ARITHMETIC.converts(1, 0)).isTrue();
    assertThat(ARITHMETIC.converts(0, 1)).isTrue();
    assertThat(ARITHMETIC.converts(1, 1)).as("LL").isFalse();
  }

  @Test
  void aWindowBelowTheUnitOfASumCountsSeveralCodesAUnit() {
    PrimeArithmetic fine = new PrimeArithmetic(FORMATS, BITS, 5);

    assertThat(codes(fine, 0, 0, 1, 3, 15, 16)).as("2^7 / 2^5").containsExactly(4, 12, 60, 63);
    PrimeArithmetic finest = new PrimeArithmetic(FORMATS, BITS, -40);
    assertThat(codes(finest, 0, 0, 0, 1, -1, 53_760)).containsExactly(0, 63, -63, 63);
  }

  @Test
  void aWindowFarAboveEverySumGivesZero() {
    assertThat(codes(new PrimeArithmetic(FORMATS, BITS, 60), 0, 0, 53_760, -53_760))
        .containsExactly(0, 0);
  }

  @Test
  void pairsAreSubtractedBeforeTheConversionAndIndependentSignsAfterIt() {
    // Weights 16 x 10 and 16 x -9 at input 7 x 8: HH sums of 70 and -63.
    IntegerMatrix weights = Matrices.of(2, 1, 160, -144);
    assertThat(run(weights, SignScheme.PAIRS)).as("7 / 2, rounded").isEqualTo(4);
    assertThat(run(weights, SignScheme.INDEPENDENT)).as("35 - 32").isEqualTo(3);
  }

  @Test
  void rowBlocksAreConvertedBeforeTheyAreAdded() {
    // HH sums of 7 in each of two blocks: 4 + 4; together 14 / 2 = 7.
    IntegerMatrix weights = Matrices.of(2, 1, 16, 16);
    assertThat(run(weights, SignScheme.PAIRS, 1)).isEqualTo(8);
    assertThat(run(weights, SignScheme.PAIRS, 2)).isEqualTo(7);
  }

  private static long run(IntegerMatrix weights, SignScheme signs) {
    return run(weights, signs, weights.rows());
  }

  /** Drives all rows with input level 56, which is 7 in the high slice and 0 in the low one. */
  private static long run(IntegerMatrix weights, SignScheme signs, int rowsPerCrossbar) {
    Calibration calibration = new Calibration("l", false, 1, 0, List.of(), List.of());
    QuantizedInput levels = new QuantizedInput(calibration, FORMATS, weights.rows(), false);
    float[] input = new float[weights.rows()];
    java.util.Arrays.fill(input, 56);
    levels.fill(input, 1);
    return new CrossbarExecution(
            new DenseMapping().map(weights, Matrices.crossbars(rowsPerCrossbar, 8, signs)),
            weights,
            FORMATS)
        .run(levels, List.of(ARITHMETIC))
        .get(0)[0];
  }

  private static long[] codes(int inputSlice, int weightSlice, int... sums) {
    return codes(ARITHMETIC, inputSlice, weightSlice, sums);
  }

  private static long[] codes(PrimeArithmetic arithmetic, int i, int w, int... sums) {
    long[] codes = new long[sums.length];
    arithmetic.convert(i, w, sums, 1, codes, 0);
    return codes;
  }
}
