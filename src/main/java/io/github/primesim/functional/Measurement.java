package io.github.primesim.functional;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of a network on a number of images.
 *
 * @param images how many
 * @param basis how the dynamic fixed point came about, and with it the mean
 * @param layers by name, those with weights
 */
public record Measurement(
    int images, NetworkCalibration.Basis basis, Map<String, LayerMeasurement> layers) {
  public Measurement {
    if (images < 1) {
      throw new IllegalArgumentException("nothing was measured on " + images + " images");
    }
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }
}
