package io.github.primesim.config;

import io.github.primesim.trace.Trace;

/**
 * A trace and the memory to replay it on.
 *
 * @param trace the trace; its header names {@code hardware}
 * @param hardware the memory
 */
public record LoadedTrace(Trace trace, LoadedHardware hardware) {}
