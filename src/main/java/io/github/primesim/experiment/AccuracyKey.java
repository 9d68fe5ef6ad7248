package io.github.primesim.experiment;

import java.util.Arrays;
import java.util.List;

/** What a sweep says of how its points are classified, beside what it says of their design. */
public enum AccuracyKey {
  /** How many test images. */
  IMAGES("accuracyImages"),
  SPREAD("cellSpread"),
  STUCK_OFF("stuckOff"),
  STUCK_ON("stuckOn"),
  READ_NOISE("readNoise"),
  WIRE_RESISTANCE("wireResistance"),
  CHIPS("chips");

  private final String key;

  AccuracyKey(String key) {
    this.key = key;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** Whether it asks for chips that are not ideal. */
  public boolean ofChips() {
    return this != IMAGES;
  }

  /** Whether chips differ by it from each other. */
  public boolean differs() {
    return ofChips() && this != WIRE_RESISTANCE && this != CHIPS;
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(AccuracyKey::key).toList();
  }
}
