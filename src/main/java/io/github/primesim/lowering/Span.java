package io.github.primesim.lowering;

/**
 * Consecutive input vectors of a layer.
 *
 * @param first the first position; of a recurrence, step
 * @param count how many
 */
record Span(long first, long count) {}
