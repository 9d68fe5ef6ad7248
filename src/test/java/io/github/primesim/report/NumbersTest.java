package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.000 s",
    "1, 1.000 s",
    "0.9999, 999.9 ms",
    "123.4e-6, 123.4 us",
    "12.345e-9, 12.35 ns",
    "1.5e-12, 1.500 ps",
    "5e-17, 0.050 fs",
    "1234, 1.234 ks",
    "999.96, '1,000 s'",
    "2.5e12, '2,500 Gs'",
  })
  void fourDigitsWithThePrefixThatFits(double value, String text) {
    assertThat(Numbers.scaled(value, "s")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.000", "9.9996, 10.00", "99.996, 100.0", "1234567, '1,234,567'"})
  void decimalsFollowTheSize(double value, String text) {
    assertThat(Numbers.fixed(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bit", "999, 999 bit", "1000, 1.000 kbit", "8400000, 8.400 Mbit"})
  void smallAmountsOfBitsAreExact(long bits, String text) {
    assertThat(Numbers.bits(bits)).isEqualTo(text);
  }
}
