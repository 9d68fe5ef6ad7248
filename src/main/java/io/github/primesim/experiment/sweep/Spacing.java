package io.github.primesim.experiment.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Numbers between two ends, both of which belong to them, as the shortest decimal text. Steps are
 * exact decimal arithmetic; everything else is rounded to six digits.
 */
public final class Spacing {
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final MathContext EXACT_ENOUGH = MathContext.DECIMAL128;

  private Spacing() {}

  /** How many numbers {@link #steps} gives. */
  public static BigDecimal stepCount(BigDecimal from, BigDecimal to, BigDecimal step) {
    return to.subtract(from).divideToIntegralValue(step).add(BigDecimal.ONE);
  }

  /** {@code from} and what follows at a distance of {@code step}, up to {@code to}. */
  public static List<String> steps(BigDecimal from, BigDecimal to, BigDecimal step) {
    return Stream.iterate(from, each -> each.compareTo(to) <= 0, each -> each.add(step))
        .map(Spacing::text)
        .toList();
  }

  /** {@code from} and what follows, each {@code factor} times the one before, up to {@code to}. */
  public static List<String> factors(BigDecimal from, BigDecimal to, BigDecimal factor) {
    return Stream.iterate(
            from, each -> each.compareTo(to) <= 0, each -> each.multiply(factor, EXACT_ENOUGH))
        .map(each -> text(each.round(SIX_DIGITS)))
        .toList();
  }

  /** {@code count} numbers from one end to the other, evenly or evenly in their logarithm. */
  public static List<String> count(BigDecimal from, BigDecimal to, int count, boolean logarithmic) {
    List<String> values = new ArrayList<>();
    values.add(text(from));
    for (int i = 1; i < count - 1; i++) {
      values.add(
          between(from.doubleValue(), to.doubleValue(), (double) i / (count - 1), logarithmic));
    }
    if (count > 1) {
      values.add(text(to));
    }
    return values;
  }

  /** The number at {@code share}, 0 to 1, of the way from one to another. */
  static String between(double from, double to, double share, boolean logarithmic) {
    double value =
        logarithmic ? from * StrictMath.pow(to / from, share) : from + (to - from) * share;
    return text(new BigDecimal(value).round(SIX_DIGITS));
  }

  /** A number without exponent and without zeros that say nothing. */
  public static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
