package io.github.primesim.trace;

import java.util.Locale;

/** The named operands of commands, as the text format spells them. */
enum Operand {
  /** FF subarray within the bank. */
  FF(Bounds.MOST_INDEX),
  /** Bank that receives. */
  TO(Bounds.MOST_INDEX),
  /** Range of mats within the FF subarray. */
  MATS(Bounds.MOST_INDEX),
  BITS(Bounds.MOST),
  INPUTS(Bounds.MOST),
  RESULTS(Bounds.MOST),
  INDEX_BITS(Bounds.MOST),
  VALUES(Bounds.MOST),
  DEPTH(Bounds.MOST),
  ADDITIONS(Bounds.MOST),
  PASSES(1, Bounds.MOST_ROUNDS),
  /** Bits of the conversions of each slice. */
  SLICES(0);

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final long least;
  private final long most;

  Operand(long most) {
    this(0, most);
  }

  Operand(long least, long most) {
    this.least = least;
    this.most = most;
  }

  String key() {
    return key;
  }

  /** Smallest value of a number; records may ask for more. */
  long least() {
    return least;
  }

  /** Largest value of a number; records may allow less. */
  long most() {
    return most;
  }

  /** Whether the operand is a count that adds up over iterations. */
  boolean summed() {
    return most == Bounds.MOST;
  }
}
