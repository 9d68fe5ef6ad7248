package io.github.primesim.claim;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures of ours that are known not to reproduce.
 *
 * @param reason why
 * @param frozen ours when the reason was written, by name, in {@link #DIGITS} significant digits
 */
public record Deviation(String reason, Map<String, Double> frozen) {
  /** Digits that a frozen figure is compared in. */
  public static final int DIGITS = 6;

  public Deviation {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a deviation needs a reason");
    }
    if (frozen.isEmpty()) {
      throw new IllegalArgumentException("a deviation needs our frozen figures");
    }
    frozen = Collections.unmodifiableMap(new LinkedHashMap<>(frozen));
  }

  /** Whether {@code ours} is still what it was. */
  boolean same(String name, double ours) {
    return rounded(ours).compareTo(rounded(frozen.get(name))) == 0;
  }

  /** {@code value} as it is frozen. */
  public static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
  }
}
