package io.github.primesim.validation;

import io.github.primesim.energy.AreaLedger;
import io.github.primesim.energy.Inventory;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import io.github.primesim.units.InputProblem;
import java.util.Map;

/** What PRIME adds to the area of a memory. */
final class AreaFigures {
  private static final double PERCENT = 100;

  private AreaFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "area-overhead", AreaFigures::overhead,
        "area-overhead-from-shares", AreaFigures::overheadFromShares,
        "ff-mat-share", AreaFigures::ffMatShare);
  }

  private static Map<Component, Double> areas(HardwareSpec spec) {
    CrossbarGeometry geometry = CrossbarGeometry.of(spec, SignScheme.PAIRS);
    return AreaLedger.of(Inventory.of(spec, geometry, 0, Counts.none())).byComponent();
  }

  /**
   * Percent by which the chip is larger than one whose subarrays are all memory subarrays; data
   * lines, paths between banks and controllers are there in both.
   */
  private static double overhead(Question question) {
    HardwareSpec spec = question.hardware();
    Organization organization = spec.organization();
    Map<Component, Double> areas = areas(spec);
    double common =
        areas.get(Component.GLOBAL_DATA_LINES)
            + areas.get(Component.INTER_BANK_PATH)
            + areas.get(Component.CONTROLLER);
    double plain =
        common
            + organization.banks().value()
                * organization.subarraysPerBank().value()
                * spec.area().memorySubarrayUm2().value();
    double prime = areas.values().stream().mapToDouble(Double::doubleValue).sum();
    return PERCENT * (prime - plain) / plain;
  }

  /** Percent of the chip that the FF subarrays add, if a share of them is what PRIME adds. */
  private static double overheadFromShares(Question question) {
    Organization organization = question.hardware().organization();
    double ofMat = question.number("additionsPercentOfMat", -1) / PERCENT;
    double added =
        ofMat >= 0 ? ofMat / (1 - ofMat) : question.number("additionsPercentOfOriginal") / PERCENT;
    return PERCENT
        * added
        * organization.ffSubarraysPerBank().value()
        / organization.subarraysPerBank().value();
  }

  /** Percent of the circuits of an FF mat, its cells left out. */
  private static double ffMatShare(Question question) {
    Map<Component, Double> areas = areas(question.hardware());
    double drivers = areas.get(Component.WORDLINE_DRIVER);
    double senseAmplifiers = areas.get(Component.SENSE_AMPLIFIER);
    double subtraction =
        areas.get(Component.COLUMN_MULTIPLEXER) + areas.get(Component.ACTIVATION_UNIT);
    double control = areas.get(Component.PRECISION_CONTROL) + areas.get(Component.ACCUMULATOR);
    double part =
        switch (question.oneOf("part", "drivers", "senseAmplifiers", "subtraction", "control")) {
          case "drivers" -> drivers;
          case "senseAmplifiers" -> senseAmplifiers;
          case "subtraction" -> subtraction;
          case "control" -> control;
          default -> throw new InputProblem("no such part");
        };
    return PERCENT * part / (drivers + senseAmplifiers + subtraction + control);
  }
}
