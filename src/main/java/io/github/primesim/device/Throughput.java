package io.github.primesim.device;

import io.github.primesim.units.Clock;

/**
 * How many images leave the memory in how many cycles.
 *
 * @param images images
 * @param cycles cycles in which that many are completed
 * @param exact whether this is the period of a steady stream, or all of a batch; otherwise the
 *     stream showed no period and this is what {@link ImageLog} takes for its interval
 */
public record Throughput(long images, long cycles, boolean exact) {

  /** Mean cycles between two images. */
  public double intervalCycles() {
    return (double) cycles / images;
  }

  /** Images per second; infinite if they take no time. */
  public double imagesPerSecond(Clock clock) {
    return images * 1e9 / clock.nanoseconds(cycles);
  }
}
