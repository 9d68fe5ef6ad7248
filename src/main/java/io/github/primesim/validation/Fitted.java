package io.github.primesim.validation;

import java.util.List;

/**
 * A number of a hardware file that was chosen so that a published figure is met.
 *
 * @param key key in the file
 * @param value the number
 * @param unit its unit
 * @param source what it was fitted to
 * @param claims names of the claims that the source names
 */
public record Fitted(String key, double value, String unit, String source, List<String> claims) {
  public Fitted {
    claims = List.copyOf(claims);
  }
}
