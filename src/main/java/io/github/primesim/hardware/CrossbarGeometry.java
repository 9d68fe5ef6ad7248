package io.github.primesim.hardware;

import io.github.primesim.units.InputProblem;

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

  /** Far above any mat; keeps what is computed of crossbars exact. */
  private static final int MOST_SLOTS = 1 << 20;

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

  /**
   * The crossbars of a memory.
   *
   * <p>Each array is divided into as many crossbars as fit. Crossbars larger than an array, up to
   * twice its size each way, join arrays of neighbouring mats at the same place: the joined mats
   * become one mat with the same number of slots. Every crossbar gets one sense amplifier per
   * {@code bitlinesPerSenseAmplifier}, at least one; those of a pair share theirs. With shared
   * sense amplifiers a divided mat has as many as the undivided one.
   *
   * @throws InputProblem if no weight fits into a crossbar, a crossbar is too large, a mat is
   *     divided into too many, or an FF subarray has too few mats to join
   */
  public static CrossbarGeometry of(HardwareSpec spec, SignScheme signs) {
    Organization organization = spec.organization();
    int arrayRows = organization.arrayRows().count();
    int arrayBitlines = organization.arrayBitlines().count();
    int rows = size(organization.crossbarRows(), "crossbarRows", 1, 2 * arrayRows);
    int bitlinesPerWeight = spec.quantization().bitlinesPerWeight();
    int bitlines =
        size(
            organization.crossbarBitlines(),
            "crossbarBitlines",
            bitlinesPerWeight,
            2 * arrayBitlines);

    int joinedRows = ceilDiv(rows, arrayRows);
    int joinedBitlines = ceilDiv(bitlines, arrayBitlines);
    int mats = organization.matsPerFfSubarray().count() / (joinedRows * joinedBitlines);
    if (mats < 1) {
      throw new InputProblem(
          "crossbars of "
              + rows
              + " x "
              + bitlines
              + " join "
              + joinedRows * joinedBitlines
              + " mats, but organization.matsPerFfSubarray is "
              + organization.matsPerFfSubarray().count());
    }
    int crossbarsPerArray =
        (joinedRows * arrayRows / rows) * (joinedBitlines * arrayBitlines / bitlines);
    int undividedSlots = organization.arraysPerMat().count() / (signs == SignScheme.PAIRS ? 2 : 1);
    if ((long) undividedSlots * crossbarsPerArray > MOST_SLOTS) {
      throw new InputProblem(
          "organization.crossbarRows is "
              + rows
              + " and crossbarBitlines "
              + bitlines
              + ", which make "
              + (long) undividedSlots * crossbarsPerArray
              + " crossbars of a mat, allowed: at most "
              + MOST_SLOTS);
    }
    int slots = undividedSlots * crossbarsPerArray;

    int bitlinesPerSenseAmplifier = organization.bitlinesPerSenseAmplifier().count();
    int senseAmplifiersPerSlot = Math.max(1, bitlines / bitlinesPerSenseAmplifier);
    int slotsPerSenseAmplifier = 1;
    if (organization.sharedSenseAmplifiers() && crossbarsPerArray > 1) {
      int kept =
          undividedSlots * Math.max(1, joinedBitlines * arrayBitlines / bitlinesPerSenseAmplifier);
      senseAmplifiersPerSlot = Math.max(1, Math.min(senseAmplifiersPerSlot, kept / slots));
      slotsPerSenseAmplifier = ceilDiv(slots, kept);
    }
    boolean divided = crossbarsPerArray > 1;
    return new CrossbarGeometry(
        rows,
        bitlines,
        bitlinesPerWeight,
        signs,
        divided ? 1 : slots,
        divided ? slots : 1,
        mats,
        senseAmplifiersPerSlot,
        slotsPerSenseAmplifier);
  }

  private static int size(Quantity quantity, String key, int least, int most) {
    int value = quantity.count();
    if (value < least || value > most) {
      throw new InputProblem(
          "organization." + key + " is " + value + ", allowed: " + least + " to " + most);
    }
    return value;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Weights that fit on a wordline; bitlines left over stay unused. */
  public int weightsPerWordline() {
    return bitlines / bitlinesPerWeight;
  }

  /** Slots of a mat. */
  public int slotsPerMat() {
    return slotsPerGroup * groupsPerMat;
  }

  /** Sense amplifiers of a mat. */
  public int senseAmplifiersPerMat() {
    return ceilDiv(slotsPerMat(), slotsPerSenseAmplifier) * senseAmplifiersPerSlot;
  }

  /** Weight columns that the busiest sense amplifier of a full mat converts one after another. */
  public int columnsPerSenseAmplifier() {
    return slotsPerSenseAmplifier * ceilDiv(weightsPerWordline(), senseAmplifiersPerSlot);
  }

  /** Wordline drivers of a mat: one per wordline of each input group. */
  public int wordlineDriversPerMat() {
    return rows * groupsPerMat;
  }

  /** Physical arrays of a slot. */
  public int arraysPerSlot() {
    return signs == SignScheme.PAIRS ? 2 : 1;
  }
}
