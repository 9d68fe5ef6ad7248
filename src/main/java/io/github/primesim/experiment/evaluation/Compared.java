package io.github.primesim.experiment.evaluation;

/**
 * A design beside the dense mapping of the same weights.
 *
 * @param result what is compared
 * @param dense the dense mapping on crossbars of the same size
 * @param undivided the dense mapping on PRIME's own crossbars
 */
public record Compared(Measurement result, Measurement dense, Measurement undivided) {
  /** How many times fewer crossbars than dense on the same size. */
  public double crossbars() {
    return (double) dense.crossbars() / result.crossbars();
  }

  /** How many times less energy than dense on the same size. */
  public double energy() {
    return dense.energyPj() / result.energyPj();
  }

  /** How many times the throughput of dense on the same size. */
  public double throughput() {
    return result.throughputPerSecond() / dense.throughputPerSecond();
  }

  /** How many times shorter than dense on the same size one inference is. */
  public double latency() {
    return dense.latencyNs() / result.latencyNs();
  }

  /** How many times less energy than dense on PRIME's own crossbars. */
  public double energyOfPrime() {
    return undivided.energyPj() / result.energyPj();
  }

  /** How many times the throughput of dense on PRIME's own crossbars. */
  public double throughputOfPrime() {
    return result.throughputPerSecond() / undivided.throughputPerSecond();
  }

  /** How many times shorter than dense on PRIME's own crossbars one inference is. */
  public double latencyOfPrime() {
    return undivided.latencyNs() / result.latencyNs();
  }
}
