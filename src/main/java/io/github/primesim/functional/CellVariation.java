package io.github.primesim.functional;

/**
 * How cells differ from what they are programmed to.
 *
 * @param spread standard deviation of what a cell conducts, as a share of what its level does
 *     nominally; normally distributed, not below 0. Level 0 conducts too, so its cells differ as
 *     well
 * @param stuckOff share of cells that are at level 0, whatever they are programmed to
 * @param stuckOn share of cells that are at the highest level, whatever they are programmed to
 * @param readNoise standard deviation of what a cell conducts from one reading to the next, as a
 *     share of what it conducts in the mean
 */
public record CellVariation(double spread, double stuckOff, double stuckOn, double readNoise) {
  public CellVariation {
    share("spread", spread);
    share("stuckOff", stuckOff);
    share("stuckOn", stuckOn);
    share("stuckOff + stuckOn", stuckOff + stuckOn);
    share("readNoise", readNoise);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed: 0 to 1");
    }
  }
}
