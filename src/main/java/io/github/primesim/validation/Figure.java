package io.github.primesim.validation;

/** A figure of ours that published ones are compared with, in the unit that claims state. */
@FunctionalInterface
public interface Figure {
  /**
   * Computes it.
   *
   * @throws io.github.primesim.units.InputProblem if an input is missing or unusable
   */
  double of(Question question);
}
