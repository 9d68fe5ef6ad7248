/**
 * Processors that PRIME is compared with, as rooflines that can be checked by hand: multipliers,
 * clock, buffers, bandwidth, energy per operation and per byte.
 */
package io.github.primesim.baseline;
