package io.github.primesim.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionBitsTest {
  private static Quantity count(int value) {
    return new Quantity(value, "1", "test", "any", Basis.ASSUMED);
  }

  private static Quantization formats(
      int input, int inputSlice, int weight, int cell, int output, int sa) {
    return formats(input, inputSlice, weight, cell, output, sa, SenseAmplifierPolicy.COMPOSED);
  }

  private static Quantization formats(
      int input,
      int inputSlice,
      int weight,
      int cell,
      int output,
      int sa,
      SenseAmplifierPolicy policy) {
    return new Quantization(
        count(input),
        count(inputSlice),
        count(weight),
        count(cell),
        count(output),
        count(sa),
        policy);
  }

  @Test
  void primeConvertsHighHighLowHighHighLowLowLowAtSixTwoThreeAndNoBits() {
    ConversionBits bits = ConversionBits.of(formats(6, 3, 8, 4, 6, 6), 256, 256);

    assertThat(bits.bits(0, 0)).as("HH").isEqualTo(6);
    assertThat(bits.bits(1, 0)).as("HL: high weight, low input").isEqualTo(3);
    assertThat(bits.bits(0, 1)).as("LH: low weight, high input").isEqualTo(2);
    assertThat(bits.bits(1, 1)).as("LL").isZero();
    assertThat(bits.bitsPerResult()).isEqualTo(11);
    assertThat(bits.conversionsPerResult()).isEqualTo(3);
    assertThat(bits.conversions()).isEqualTo(List.of(List.of(6, 2), List.of(3)));
  }

  @Test
  void composedBitsFollowFromTheFormats() {
    assertThat(ConversionBits.of(formats(6, 2, 8, 2, 6, 6), 256, 256).parts())
        .isEqualTo(List.of(List.of(6, 4, 2, 0), List.of(4, 2, 0, 0), List.of(2, 0, 0, 0)));
  }

  @Test
  void noConversionExceedsTheSenseAmplifier() {
    assertThat(ConversionBits.of(formats(6, 3, 8, 4, 8, 6), 256, 256).parts())
        .isEqualTo(List.of(List.of(6, 4), List.of(5, 1)));
  }

  @Test
  void aSingleSliceOfEachNeedsOneConversion() {
    assertThat(ConversionBits.of(formats(3, 3, 4, 4, 5, 6), 256, 256).parts())
        .isEqualTo(List.of(List.of(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "512, 6, 4, 3, 0",
    "257, 6, 4, 3, 0",
    "256, 6, 3, 2, 0",
    "255, 6, 3, 2, 0",
    "129, 6, 3, 2, 0",
    "128, 5, 2, 1, 0",
    "64, 4, 1, 0, 0",
    "32, 3, 0, 0, 0",
    "1, 0, 0, 0, 0"
  })
  void isoLsbDropsABitForEachHalvingOfTheRows(int rows, int hh, int hl, int lh, int ll) {
    Quantization formats = formats(6, 3, 8, 4, 6, 6, SenseAmplifierPolicy.ISO_LSB);

    assertThat(ConversionBits.of(formats, rows, 256).parts())
        .isEqualTo(List.of(List.of(hh, lh), List.of(hl, ll)));
  }

  @Test
  void losslessHoldsTheLargestSumOfEachPart() {
    Quantization formats = formats(6, 3, 8, 4, 6, 16, SenseAmplifierPolicy.LOSSLESS);

    // 256 x 7 x 15 = 26880 < 2^15; 32 x 7 x 15 = 3360 < 2^12; 39 x 105 = 4095 is the last in 12.
    assertThat(ConversionBits.of(formats, 256, 256).bits(1, 1)).isEqualTo(15);
    assertThat(ConversionBits.of(formats, 32, 256).bits(0, 0)).isEqualTo(12);
    assertThat(ConversionBits.of(formats, 39, 256).bits(0, 0)).isEqualTo(12);
    assertThat(ConversionBits.of(formats, 40, 256).bits(0, 0)).isEqualTo(13);
  }

  @Test
  void theMostSignificantSliceMayBePartlyFilled() {
    // 5 bits in cells of 4: the high cell has 1 bit, the low one 4; inputs of one bit; one row.
    Quantization formats = formats(1, 1, 5, 4, 6, 16, SenseAmplifierPolicy.LOSSLESS);

    assertThat(ConversionBits.of(formats, 1, 256).parts()).isEqualTo(List.of(List.of(1, 4)));
  }

  @Test
  void losslessIsRefusedWhereTheSenseAmplifierFallsShort() {
    Quantization formats = formats(6, 3, 8, 4, 6, 11, SenseAmplifierPolicy.LOSSLESS);

    assertThatThrownBy(() -> ConversionBits.of(formats, 32, 256))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("need 12 bits")
        .hasMessageContaining("quantization.senseAmplifierBits is 11");
  }
}
