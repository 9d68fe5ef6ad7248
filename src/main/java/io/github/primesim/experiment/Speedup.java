package io.github.primesim.experiment;

/**
 * How many times faster a result is than its baseline.
 *
 * @param latency of one inference
 * @param throughput of the whole chip
 */
public record Speedup(double latency, double throughput) {}
