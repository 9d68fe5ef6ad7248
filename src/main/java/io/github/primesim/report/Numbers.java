package io.github.primesim.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers as a reader takes them in: grouped counts, three or four digits, a prefix that fits. */
final class Numbers {
  private static final String[] SMALL_TO_LARGE = {"f", "p", "n", "u", "m", "", "k", "M", "G"};
  private static final int NO_PREFIX = 5;

  private Numbers() {}

  /** Such as {@code 12,345,678}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Such as {@code 8.4x}. */
  static String ratio(double value) {
    return Double.isFinite(value) ? fixed(value) + "x" : "-";
  }

  /** Such as {@code 12.3 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * Four digits with the prefix that fits, such as {@code 1.234 us}.
   *
   * @param value in units of {@code unit}
   */
  static String scaled(double value, String unit) {
    int prefix = NO_PREFIX;
    double shown = value;
    while (shown >= 1000 && prefix < SMALL_TO_LARGE.length - 1) {
      shown /= 1000;
      prefix++;
    }
    while (shown != 0 && Math.abs(shown) < 1 && prefix > 0) {
      shown *= 1000;
      prefix--;
    }
    return fixed(shown) + " " + SMALL_TO_LARGE[prefix] + unit;
  }

  /** An amount of memory in bits, such as {@code 12.34 kbit}; small ones exactly. */
  static String bits(long bits) {
    return bits < 1000 ? bits + " bit" : scaled((double) bits, "bit");
  }

  /** Four digits, at most three of them behind the point. */
  static String fixed(double value) {
    double size = Math.abs(value);
    int decimals = size >= 999.95 ? 0 : size >= 99.995 ? 1 : size >= 9.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** The prefix with which {@code value} has one to three digits before the point. */
  static String prefix(double value) {
    int prefix = NO_PREFIX;
    double shown = value;
    while (shown >= 1000 && prefix < SMALL_TO_LARGE.length - 1) {
      shown /= 1000;
      prefix++;
    }
    while (shown != 0 && Math.abs(shown) < 1 && prefix > 0) {
      shown *= 1000;
      prefix--;
    }
    return SMALL_TO_LARGE[prefix];
  }

  /** What a prefix stands for, such as 0.001 for {@code m}. */
  static double size(String prefix) {
    return Math.pow(1000, List.of(SMALL_TO_LARGE).indexOf(prefix) - NO_PREFIX);
  }

  /** Rounded to four digits. */
  static double rounded(double value) {
    return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
