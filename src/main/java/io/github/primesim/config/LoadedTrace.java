package io.github.primesim.config;

import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceStatistics;

/**
 * A trace and the memory to replay it on.
 *
 * @param trace the trace; its header names {@code hardware}
 * @param hardware the memory
 */
public record LoadedTrace(Trace trace, LoadedHardware hardware) {
  /** Commands of an image with all loops unrolled. */
  public long commands() {
    return TraceStatistics.of(trace).commands();
  }
}
