package io.github.primesim.mapping;

/** Which part of the weights a crossbar holds. */
public enum Sign {
  /** Both: a pair of arrays whose bitlines are subtracted. */
  PAIR,
  POSITIVE,
  NEGATIVE
}
