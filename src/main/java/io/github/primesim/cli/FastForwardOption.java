package io.github.primesim.cli;

import io.github.primesim.experiment.FastForwarding;
import io.github.primesim.units.InputProblem;
import picocli.CommandLine.Option;

/** How repetitions are simulated. */
final class FastForwardOption {
  @Option(
      names = "--no-fast-forward",
      description =
          "Simulates every iteration and every image, even where a state repeats itself. The result"
              + " is the same, to the last byte.")
  private boolean off;

  @Option(
      names = "--verify-fast-forward",
      description =
          "Simulates with and without leaving out what repeats itself, compares everything, and"
              + " ends with exit code 1 if anything differs.")
  private boolean verified;

  /**
   * What was chosen.
   *
   * @throws InputProblem if both options were given
   */
  FastForwarding choice() {
    if (off && verified) {
      throw new InputProblem(
          "--no-fast-forward together with --verify-fast-forward, allowed: one of them");
    }
    return off ? FastForwarding.OFF : verified ? FastForwarding.VERIFIED : FastForwarding.ON;
  }
}
