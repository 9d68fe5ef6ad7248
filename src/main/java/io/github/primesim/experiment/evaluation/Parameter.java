package io.github.primesim.experiment.evaluation;

import io.github.primesim.hardware.Quantity;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A number of the hardware file that can be varied.
 *
 * @param key as a user sets it, such as {@code timing.saBitNs}
 * @param quantity the number with its basis
 */
public record Parameter(String key, Quantity quantity) {
  /** Units of numbers that are whole. */
  private static final Set<String> WHOLE = Set.of("count", "bit");

  /** The number as the file has it. */
  public double value() {
    return quantity.value();
  }

  /** Its unit. */
  public String unit() {
    return quantity.unit();
  }

  /** How it came about, in one word. */
  public String basis() {
    return quantity.basis().name().toLowerCase(Locale.ROOT);
  }

  /**
   * The setting of the number times {@code factor}; whole numbers are rounded.
   *
   * @return nothing if it would not change
   */
  Optional<String> times(double factor) {
    double varied = quantity.value() * factor;
    varied = WHOLE.contains(quantity.unit()) ? Math.rint(varied) : varied;
    return varied == quantity.value()
        ? Optional.empty()
        : Optional.of(
            key
                + "="
                + new BigDecimal(Double.toString(varied)).stripTrailingZeros().toPlainString());
  }

  /** Whether only prices and areas read it, so that what was simulated holds for any value. */
  boolean onlyPriced() {
    return key.startsWith("energy.") || key.startsWith("leakage.") || key.startsWith("area.");
  }

  @Override
  public String toString() {
    return key;
  }
}
