package io.github.primesim.functional;

/**
 * What stands in the way of the current in an array.
 *
 * @param onOhm resistance of a cell at the highest level
 * @param offOhm nominal resistance of a cell at level 0, more than {@code onOhm}
 * @param wireOhm resistance of a wordline or a bitline from one cell to the next; 0 for ideal wires
 * @param allBitlinesConduct whether bitlines that are not converted conduct too, instead of
 *     floating
 */
public record ArrayResistances(
    double onOhm, double offOhm, double wireOhm, boolean allBitlinesConduct) {
  public ArrayResistances {
    if (!(onOhm > 0)) {
      throw new IllegalArgumentException("onOhm is " + onOhm + ", allowed: more than 0");
    }
    if (!(offOhm > onOhm)) {
      throw new IllegalArgumentException("offOhm is " + offOhm + ", allowed: more than " + onOhm);
    }
    if (!(wireOhm >= 0) || Double.isInfinite(wireOhm)) {
      throw new IllegalArgumentException("wireOhm is " + wireOhm + ", allowed: 0 or more");
    }
  }

  /** Nominal conductance of the highest level over that of level 0. */
  public double onOffRatio() {
    return offOhm / onOhm;
  }

  /** What a level adds to the conductance of a cell, in siemens. */
  double levelSiemens(int highestLevel) {
    return (1 / onOhm - 1 / offOhm) / highestLevel;
  }
}
