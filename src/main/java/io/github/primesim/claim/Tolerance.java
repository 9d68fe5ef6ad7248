package io.github.primesim.claim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How far a figure of ours may be from the published one. */
public sealed interface Tolerance {
  /** Factor where a band states none. */
  double DEFAULT_FACTOR = 2;

  /** Whether {@code ours} is near enough to {@code published}. */
  boolean accepts(PublishedRange published, double ours);

  /** In a word or two, such as {@code x 2}. */
  String text();

  /** The same number, apart from what the last bits of binary arithmetic do. */
  record Equal() implements Tolerance {
    private static final double ROUNDING = 1e-12;

    @Override
    public boolean accepts(PublishedRange published, double ours) {
      return Math.abs(ours - published.from()) <= ROUNDING * Math.abs(published.from());
    }

    @Override
    public String text() {
      return "equal";
    }
  }

  /** At most that many times more or less. */
  record Factor(double factor) implements Tolerance {
    public Factor {
      if (!(factor >= 1) || Double.isInfinite(factor)) {
        throw new IllegalArgumentException("a factor is finite and at least 1, was " + factor);
      }
    }

    @Override
    public boolean accepts(PublishedRange published, double ours) {
      return ours >= published.from() / factor && ours <= published.to() * factor;
    }

    @Override
    public String text() {
      return "x " + number(factor);
    }
  }

  /** At most that much more or less, in the unit of the figure. */
  record Absolute(double difference) implements Tolerance {
    public Absolute {
      if (!(difference >= 0) || Double.isInfinite(difference)) {
        throw new IllegalArgumentException(
            "a difference is finite and not negative, was " + difference);
      }
    }

    @Override
    public boolean accepts(PublishedRange published, double ours) {
      return ours >= published.from() - difference && ours <= published.to() + difference;
    }

    @Override
    public String text() {
      return "+- " + number(difference);
    }
  }

  /** The same number when ours is rounded to that many decimals, as printed. */
  record Decimals(int decimals) implements Tolerance {
    private static final int MOST = 12;

    public Decimals {
      if (decimals < 0 || decimals > MOST) {
        throw new IllegalArgumentException("decimals are 0 to " + MOST + ", were " + decimals);
      }
    }

    @Override
    public boolean accepts(PublishedRange published, double ours) {
      return rounded(ours).compareTo(rounded(published.from())) == 0;
    }

    private BigDecimal rounded(double value) {
      return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    @Override
    public String text() {
      return decimals == 1 ? "1 decimal" : decimals + " decimals";
    }
  }

  /** No more than published. */
  record AtMost() implements Tolerance {
    @Override
    public boolean accepts(PublishedRange published, double ours) {
      return ours <= published.to();
    }

    @Override
    public String text() {
      return "at most";
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
