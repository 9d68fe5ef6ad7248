package io.github.primesim.functional;

import io.github.primesim.hardware.SignScheme;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dynamic fixed point of a network.
 *
 * @param network name of the network
 * @param basis how it came about
 * @param images inputs it was measured on, 0 where it is assumed
 * @param formats number formats it holds for
 * @param layers one for each layer with weights, in order
 */
public record NetworkCalibration(
    String network, Basis basis, int images, Formats formats, List<Calibration> layers) {

  /** How a calibration came about. */
  public enum Basis {
    /** Measured on training data. */
    MEASURED,
    /** Taken from an assumed distribution of the inputs. */
    ASSUMED
  }

  public NetworkCalibration {
    layers = List.copyOf(layers);
  }

  /**
   * Whether it was measured for such crossbars, or for higher ones that are less than twice as
   * high. An assumed one has nothing to measure.
   */
  public boolean covers(SignScheme signs, int rows) {
    return layers.stream()
        .allMatch(
            layer ->
                layer.windows().isEmpty()
                    || layer.windows().stream()
                        .anyMatch(
                            window ->
                                window.signs() == signs
                                    && window.rows() >= rows
                                    && window.rows() < 2 * rows));
  }

  /**
   * The calibration of a layer.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Calibration layer(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no calibration of layer '"
                        + name
                        + "', there are: "
                        + layers.stream()
                            .map(Calibration::name)
                            .collect(Collectors.joining(", "))));
  }
}
