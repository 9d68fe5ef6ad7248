package io.github.primesim.benchmark.growth;

import java.util.List;

/**
 * One run of a series.
 *
 * @param size what grows
 * @param options of {@code primesim run}
 */
record Point(long size, List<String> options) {}
