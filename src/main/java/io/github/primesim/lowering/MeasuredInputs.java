package io.github.primesim.lowering;

import io.github.primesim.functional.Measurement;
import io.github.primesim.trace.Trace;

/**
 * Inputs whose activity was measured, and what would have been assumed of them.
 *
 * @param measurement what was measured
 * @param mean the same trace with mean activity
 */
public record MeasuredInputs(Measurement measurement, Trace mean) {}
