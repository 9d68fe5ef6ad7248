package io.github.primesim.hardware;

/**
 * How many weights fit into one crossbar, and how crossbars, sense amplifiers and mats go together
 * for one choice of crossbar size and signs.
 *
 * <p>A <em>slot</em> holds one crossbar as a mapping sees it: a pair of arrays with {@link
 * SignScheme#PAIRS}, a single array with {@link SignScheme#INDEPENDENT}. Crossbars of a divided
 * array have wordline drivers of their own; the undivided arrays of a mat share the wordlines, so
 * all slots of an {@code input group} must hold the same rows.
 *
 * @param rows wordlines of a crossbar
 * @param bitlines bitlines of a crossbar
 * @param bitlinesPerWeight adjacent bitlines that hold one weight
 * @param signs how signed weights are held
 * @param slotsPerGroup slots that share their wordlines
 * @param groupsPerMat input groups of a mat
 * @param matsPerFfSubarray logical mats of an FF subarray at this crossbar size
 * @param senseAmplifiersPerSlot sense amplifiers that serve a slot
 * @param slotsPerSenseAmplifier slots that share one sense amplifier, 1 unless the mat keeps its
 *     number of sense amplifiers
 */
public record CrossbarGeometry(
    int rows,
    int bitlines,
    int bitlinesPerWeight,
    SignScheme signs,
    int slotsPerGroup,
    int groupsPerMat,
    int matsPerFfSubarray,
    int senseAmplifiersPerSlot,
    int slotsPerSenseAmplifier) {

  public CrossbarGeometry {
    if (rows < 1 || bitlines < 1 || bitlinesPerWeight < 1 || bitlinesPerWeight > bitlines) {
      throw new IllegalArgumentException(
          "no weight fits: "
              + rows
              + " x "
              + bitlines
              + ", "
              + bitlinesPerWeight
              + " bitlines each");
    }
  }

  /** Weights that fit on a wordline; bitlines left over stay unused. */
  public int weightsPerWordline() {
    return bitlines / bitlinesPerWeight;
  }

  /** Slots of a mat. */
  public int slotsPerMat() {
    return slotsPerGroup * groupsPerMat;
  }

  /** Physical arrays of a slot. */
  public int arraysPerSlot() {
    return signs == SignScheme.PAIRS ? 2 : 1;
  }
}
