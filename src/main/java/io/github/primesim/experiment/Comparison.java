package io.github.primesim.experiment;

/**
 * Two designs on the same chip side by side.
 *
 * @param baseline what is compared with
 * @param result what is compared
 */
public record Comparison(RunResult baseline, RunResult result) {
  /** How many times faster {@link #result} is. */
  public Speedup speedup() {
    return new Speedup(
        (double) baseline.cycles() / result.cycles(),
        result.throughputPerSecond() / baseline.throughputPerSecond());
  }

  /** How many times less energy an inference takes with {@link #result}. */
  public double energyRatio() {
    return baseline.energyPj().total() / result.energyPj().total();
  }
}
