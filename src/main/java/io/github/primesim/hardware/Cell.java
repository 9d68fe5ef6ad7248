package io.github.primesim.hardware;

/**
 * The memory cell and how it is read. Source: PRIME, V-A (device); the rest is not published there.
 *
 * @param onResistanceOhm resistance of the highest level
 * @param offResistanceOhm resistance of level 0
 * @param readVoltageV voltage of the highest input level
 * @param readPulseNs time for which a selected bitline conducts and settles before it is converted
 * @param programVoltageV voltage of SET and RESET
 * @param programPulseNs length of a programming pulse
 * @param conduction for how long a bitline conducts per conversion
 * @param allBitlinesConduct whether unselected bitlines conduct too, instead of floating
 */
public record Cell(
    Quantity onResistanceOhm,
    Quantity offResistanceOhm,
    Quantity readVoltageV,
    Quantity readPulseNs,
    Quantity programVoltageV,
    Quantity programPulseNs,
    Conduction conduction,
    boolean allBitlinesConduct) {

  /** For how long a bitline conducts per conversion. */
  public enum Conduction {
    /** For the read pulse; the sense amplifier converts a sampled value. */
    PULSE,
    /** For as long as the sense amplifier converts. */
    CONVERSION
  }
}
